import type { Db } from "../client.ts";
import { backdateHours } from "../history/hours.ts";

/** Tables whose rows belong to a run, and their times. */
const OF_RUNS = {
  run_event: ["at"],
  run_batch: ["started_at", "finished_at"],
  run_course: ["started_at", "finished_at"],
  score_outcome: ["at"],
  roster_change: ["at"],
  token_use: ["first_used_at"],
} as const;

/** Tables of a registration by the condition that leads to it, and their times; `$1` is its ID. */
const OF_REGISTRATION = [
  [
    "access_token",
    "registration_id = $1 AND obtained_at >= $2::timestamptz",
    ["obtained_at", "expires_at", "worked_at", "evicted_at"],
  ],
  ["token_request", "registration_id = $1", ["at"]],
  ["hold", "registration_id = $1", ["created_at"]],
  ["schedule", "registration_id = $1", ["last_fired_at"]],
  [
    "course",
    "registration_id = $1",
    ["roster_synced_at", "roster_walked_at", "roster_ended_at", "grades_ended_at", "proved_at"],
  ],
  [
    "score",
    "line_item_id IN (SELECT l.id FROM line_item l JOIN course c ON c.id = l.course_id WHERE c.registration_id = $1)",
    ["created_at", "updated_at", "sent_at", "proved_at"],
  ],
] as const;

/**
 * Moves what the runs of a registration have left since a moment so many milliseconds into the past:
 * for the history of made-up data, never for data of an installation.
 */
export async function backdate(
  tx: Db,
  { registrationId, since, ms }: { registrationId: string; since: Date; ms: number },
): Promise<void> {
  const given = [registrationId, since, ms];
  const earlier = (column: string) =>
    `${column} = CASE WHEN ${column} >= $2::timestamptz
       THEN ${column} - $3::float8 * interval '1 millisecond' ELSE ${column} END`;
  const these = "SELECT id FROM run WHERE registration_id = $1 AND created_at >= $2::timestamptz";
  for (const [table, columns] of Object.entries(OF_RUNS))
    await tx.execute(
      `UPDATE ${table} SET ${columns.map(earlier).join(", ")} WHERE run_id IN (${these})`,
      given,
    );
  for (const [table, condition, columns] of OF_REGISTRATION)
    await tx.execute(
      `UPDATE ${table} SET ${columns.map(earlier).join(", ")} WHERE ${condition}
          AND greatest(${columns.join(", ")}) >= $2::timestamptz`,
      given,
    );
  await backdateHours(tx, { registrationId, since, ms });
  await tx.execute(
    `UPDATE run SET ${["created_at", "started_at", "finished_at"].map(earlier).join(", ")}
      WHERE registration_id = $1 AND created_at >= $2::timestamptz`,
    given,
  );
}
