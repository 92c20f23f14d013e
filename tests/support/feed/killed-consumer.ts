import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as later } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Database } from "#lib/db/client.ts";
import { querySql } from "#tests/support/database.ts";

const SCRIPT = fileURLToPath(new URL("consumer.mjs", import.meta.url));
const LOOK_MS = 10;

export type Consumer = {
  /** Of the copy, a database that only the consumer writes. */
  copyUrl: string;
  rollbookUrl: string;
  apiKey: string;
  /** Changes of one reading. */
  limit: number;
};

export function startConsumer(consumer: Consumer, { isToEnd = false } = {}): ChildProcess {
  return spawn(process.execPath, [SCRIPT], {
    env: {
      ...process.env,
      ROLLBOOK_URL: consumer.rollbookUrl,
      ROLLBOOK_API_KEY: consumer.apiKey,
      COPY_DATABASE_URL: consumer.copyUrl,
      FEED_LIMIT: String(consumer.limit),
      FEED_END: isToEnd ? "yes" : "no",
    },
    stdio: "inherit",
  });
}

/** `kill -9`, so many times: each time once it has kept something, and at most so much later. */
export async function killOften(
  consumer: Consumer,
  { times, withinMs }: { times: number; withinMs: number },
): Promise<void> {
  for (let killed = 0; killed < times; killed++) {
    const before = await eventsKept(consumer);
    const child = startConsumer(consumer);
    const exited = once(child, "exit") as Promise<[number | null]>;
    while ((await eventsKept(consumer)) === before) {
      if (child.exitCode !== null) throw new Error(`the consumer ended with ${child.exitCode}`);
      await later(LOOK_MS);
    }
    await later(Math.random() * withinMs);
    child.kill("SIGKILL");
    await exited;
  }
}

/** Lets it read to the end of the feed. */
export async function readToEnd(consumer: Consumer): Promise<void> {
  const [code] = (await once(startConsumer(consumer, { isToEnd: true }), "exit")) as [number];
  if (code !== 0) throw new Error(`the consumer ended with ${code}`);
}

/** How many events the copy was made of; the same event counts once however often it came. */
export async function eventsKept({ copyUrl }: Consumer): Promise<number> {
  const [table] = await querySql<{ found: string | null }>(
    copyUrl,
    "SELECT to_regclass('copy_cursor')::text AS found",
  );
  if (!table?.found) return 0;
  const [row] = await querySql<{ events: number }>(copyUrl, "SELECT events FROM copy_cursor");
  return row?.events ?? 0;
}

/** Whatever came in an order that cannot be. */
export async function disorderIn({ copyUrl }: Consumer): Promise<string[]> {
  const rows = await querySql<{ words: string }>(copyUrl, "SELECT words FROM copy_disorder");
  return rows.map(({ words }) => words);
}

const MEMBERS = {
  ours: `SELECT course_id::text AS place, user_id, email, array_to_string(roles, ' ') AS roles,
                removed_at IS NOT NULL AS gone FROM membership`,
  copied: `SELECT course_id AS place, user_id, email, roles, is_gone AS gone FROM copy_member`,
};
const SCORES = {
  ours: `SELECT line_item_id::text AS place, user_id, sent_score_given AS given, state::text AS state
           FROM score WHERE state IN ('sent', 'rejected')`,
  copied: `SELECT line_item_id AS place, user_id, score_given AS given,
                  replace(type, 'score.', '') AS state FROM copy_score`,
};

/** How many members and scores both have, and what of either differs, by a hash of each portion. */
export async function compareCopy(db: Database, { copyUrl }: Consumer) {
  const compared = { members: 0, scores: 0, different: [] as string[] };
  for (const [name, { ours, copied }] of Object.entries({ members: MEMBERS, scores: SCORES })) {
    const digest = (of: string) =>
      `SELECT left(md5(user_id), 2) AS portion, count(*)::int AS rows,
              md5(string_agg(row_to_json(t)::text, ',' ORDER BY place, user_id COLLATE "C")) AS hash
         FROM (${of}) t GROUP BY 1 ORDER BY 1`;
    const held = await db.pool.query<{ portion: string; rows: number; hash: string }>(digest(ours));
    const copy = await querySql<{ portion: string; rows: number; hash: string }>(
      copyUrl,
      digest(copied),
    );
    compared[name as "members" | "scores"] = held.rows.reduce((sum, { rows }) => sum + rows, 0);
    const hashes = new Map(copy.map((each) => [each.portion, each]));
    for (const { portion, rows, hash } of held.rows) {
      const other = hashes.get(portion);
      if (!other || other.hash !== hash || other.rows !== rows)
        compared.different.push(`${name} ${portion}: ${rows} here, ${other?.rows ?? 0} there`);
      hashes.delete(portion);
    }
    for (const { portion, rows } of hashes.values())
      compared.different.push(`${name} ${portion}: none here, ${rows} there`);
  }
  return compared;
}
