import { insertAuditEntry } from "#lib/db/audit/entries.ts";
import type { Db } from "#lib/db/client.ts";
import type { RequestOrigin } from "../caller.ts";
import { audit, type Deed, type DoneBy } from "./trail.ts";

/** What happens at the doors, beside the changes that the audit has anyway. */
export type SecurityLog = {
  /** Of somebody who is known; written before it returns. */
  record(by: DoneBy, deed: Deed): Promise<void>;
  /**
   * Of nobody in particular: the first of a kind from an address is written at once, more of it
   * within the minute are counted and written as one. It never fails the request it is about.
   */
  count(request: RequestOrigin | undefined, deed: Deed): Promise<void>;
  /** Writes what is counted so far. */
  flush(): Promise<void>;
};

type Counted = { deed: Deed; address: string | null; times: number };

const MINUTE_MS = 60_000;
/** So many addresses and kinds are told apart in a minute; what is beyond counts together. */
const MOST_TOLD_APART = 60;

export function createSecurityLog(
  db: Db,
  options: { onError: (error: unknown) => void; minuteMs?: number },
): SecurityLog {
  const { onError, minuteMs = MINUTE_MS } = options;
  let minute = new Map<string, Counted>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const ended = [...minute.values()].filter(({ times }) => times > 0);
    minute = new Map();
    for (const { deed, address, times } of ended) await write(deed, { address, times });
  }

  async function write(
    deed: Deed,
    { address, requestId, times }: { address: string | null; requestId?: string; times: number },
  ): Promise<void> {
    const actor = { actorKind: "anonymous", actor: "Anonymous", source: "anonymous" } as const;
    const entry = { ...deed, ...actor, address, requestId, times };
    await insertAuditEntry(db, entry).catch(onError);
  }

  return {
    record: (by, deed) => audit(db, by, deed),
    flush,
    async count(request, deed) {
      timer ??= setTimeout(() => void flush(), minuteMs).unref();
      const { address = null, id: requestId } = request ?? {};
      const key = JSON.stringify([deed.action, deed.objectId, address]);
      const known = minute.get(key);
      if (known) return void (known.times += 1);
      if (minute.size >= MOST_TOLD_APART) return countTogether(minute, deed);
      minute.set(key, { deed, address, times: 0 });
      await write(deed, { address, requestId, times: 1 });
    },
  };
}

/** By what happened alone, without address and object. */
function countTogether(minute: Map<string, Counted>, { action, object }: Deed): void {
  const known = minute.get(action);
  if (known) known.times += 1;
  else minute.set(action, { deed: { action, object, objectId: null }, address: null, times: 1 });
}
