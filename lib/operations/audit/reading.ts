import type { Asker, Caller } from "../caller.ts";
import { permit, rightsOf, seesNames } from "../permit.ts";
import { audit } from "./trail.ts";

const HOUR_MS = 3_600_000;
const MOST_REMEMBERED = 10_000;

/** When an actor's reading of a roster is put on record again, in milliseconds of UTC. */
const readAgain = new Map<string, number>();

/** Puts on record that people's names are read: about once an hour for each reader and course. */
export async function recordRosterReading(caller: Caller, courseId: string): Promise<void> {
  const { actor, db } = caller;
  if (actor.kind === "system" || !seesNames(actor)) return;
  const key = `${actor.kind} ${actor.id} ${courseId}`;
  const nowMs = caller.now().getTime();
  if ((readAgain.get(key) ?? 0) > nowMs) return;
  if (readAgain.size >= MOST_REMEMBERED) readAgain.clear();
  readAgain.set(key, nowMs + HOUR_MS);
  await audit(db, caller, { action: "roster.read", object: "course", objectId: courseId });
}

/** Puts on record that a list leaves as a file; `list` is its path, `filter` what it was asked. */
export async function recordExport(
  asker: Asker,
  { list, filter, format }: { list: string; filter: object; format: string },
): Promise<void> {
  // The list itself asks for what it needs; to be put on record takes nothing more.
  const caller = await permit(asker, rightsOf(asker.actor)[0] ?? "read", "own");
  const named = Object.entries(filter).filter(([, value]) => typeof value === "string");
  const detail = { list, format, ...Object.fromEntries(named) } as Record<string, string>;
  await audit(caller.db, caller, {
    action: "list.export",
    object: "export",
    objectId: null,
    detail,
  });
}
