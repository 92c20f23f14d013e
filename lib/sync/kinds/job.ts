import type { Prisma } from "#lib/db/generated/client.ts";
import type { Db } from "#lib/db/client.ts";
import type { LtiOptions, Operation } from "#lib/lti/index.ts";
import type { CodedError } from "#lib/errors.ts";
import type { RegistrationLoader } from "../tokens/connect.ts";
import type { SlotWaiters } from "../pacing/slot-waiters.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import type { TokenCache } from "../tokens/token-cache.ts";
import type { EngineWatch } from "../watch.ts";

export type JobDeps = {
  db: Db;
  lti: LtiOptions;
  now: () => Date;
  cache: TokenCache;
  loadRegistration: RegistrationLoader;
  slotWaiters: SlotWaiters;
  watch?: EngineWatch;
  /** The kind's own: see there. */
  proof: Operation;
};

/** How a run ended that went to its end. Partial success is a result, not an error. */
export type JobResult = {
  state: "succeeded" | "partly_succeeded" | "failed" | "held";
  /** The first of the errors that kept parts of it from succeeding. */
  error?: { code: string; message: string; detail?: Prisma.InputJsonObject };
};

export type Job = (handle: RunHandle, deps: JobDeps) => Promise<JobResult>;

/** What an error says beside its message: its own fields, for the page and the API. */
export function errorDetail(error: CodedError): Prisma.InputJsonObject {
  const {
    name: _name,
    code: _code,
    cause: _cause,
    ...facts
  } = { ...error } as Record<string, unknown>;
  return JSON.parse(JSON.stringify(facts)) as Prisma.InputJsonObject;
}
