import type { Db } from "#lib/db/client.ts";
import { plainText, type Membership } from "#lib/lti/index.ts";
import { LeaseLost } from "#lib/db/errors.ts";
import { prepared } from "#lib/db/rows/query.ts";
import { MEMBER_COLUMNS, type MemberField } from "../columns.ts";
import { COMPARED, FIELDS, KEPT_COLUMNS, markOf, OVERWRITE, PAGE } from "./page-sql.ts";
import type { Lease } from "#lib/db/runs/runs.ts";
import { row } from "../../rows/shape.ts";
import { bool, bytea, text } from "../../rows/types.ts";

/** Members written by one statement; a platform may send far more in a page. */
const CHUNK = 1_000;
// A role is a URI or a short word and a group's ID a word: they hold no line break, so one may part them.
const LINE_BREAK = "\n";
/** Once so many members could not be read, no page adds further ones: the fault is plain. */
const ENOUGH_QUARANTINED = 500;

/**
 * What is written for a page: `first` expects nobody to be there yet and compares nothing, the
 * fastest way in; `count` writes the members and says of new ones only how many they are, `list`
 * also lists each, `preview` lists everything and writes no member.
 */
export type PageMode = "first" | "count" | "list" | "preview";

/** A member that could not be read. */
export type Quarantined = { page: number; userId: string | null; reason: string };

/** A page made ready to be written. */
export type RosterPageRows = {
  /** Up to 1,000 members each. */
  chunks: Chunk[];
  members: number;
  quarantined: string;
};

type Chunk = {
  /** The sets of roles that members point into, as JSON. */
  roles: string;
  /** The user IDs, and then each column, as JSON; null for a column in which nobody has a value. */
  fields: (string | null)[];
};

export type WrittenPage = {
  /**
   * Short stand-ins for everybody on the page, for `listAbsent`: eight bytes each, so that a reading
   * over a large roster need not hold the user IDs. Somebody who cannot be read is still somebody.
   */
  seenHashes: Buffer[];
  cancelRequested: boolean;
  pauseRequested: boolean;
};

/**
 * The part of writing a page that needs no database, so that it can be done while the page before
 * is being written. Roles stand apart: a roster has thousands of members and few sets of roles.
 */
export function rosterPageRows(
  listed: readonly Membership[],
  quarantined: readonly Quarantined[],
): RosterPageRows {
  const unique = [...new Map(listed.map((member) => [member.userId, member])).values()];
  const chunks: RosterPageRows["chunks"] = [];
  for (let start = 0; start === 0 || start < unique.length; start += CHUNK)
    chunks.push(chunkOf(unique.slice(start, start + CHUNK)));
  return { chunks, members: listed.length, quarantined: toJson(quarantined) };
}

function chunkOf(members: readonly Membership[]): Chunk {
  const roles = new Map<string, number>();
  const setOf = (member: Membership) => {
    const set = member.roles.join(LINE_BREAK);
    if (!roles.has(set)) roles.set(set, roles.size);
    return roles.get(set);
  };
  const valueOf = (member: Membership, field: MemberField) => {
    if (field === "roles") return setOf(member);
    return field === "groupIds" ? member.groupIds?.join(LINE_BREAK) : member[field];
  };
  const columns = MEMBER_COLUMNS.map(({ field }) => {
    const values = members.map((member) => valueOf(member, field));
    return values.some((value) => value !== null && value !== undefined) ? toJson(values) : null;
  });
  const fields = [toJson(members.map(({ userId }) => userId)), ...columns];
  return { roles: toJson([...roles.keys()]), fields };
}

const writtenRow = row({
  seenHashes: bytea,
  cancelRequested: bool,
  pauseRequested: bool,
  set_config: text,
});

/**
 * Compares one page of a roster with what is stored, and writes what differs: the members
 * themselves, each change field by field, and the counts of the run and of its course. Unchanged
 * rows are only read. Each chunk is one statement, under the lease.
 *
 * A page that a crash of the database forgets is read again, as the course is not finished: no
 * commit waits for the disk.
 *
 * @throws LeaseLost  another worker has the run; nothing was written
 */
export async function writeRosterPage(
  db: Db,
  lease: Lease,
  { courseId, mode }: { courseId: string; mode: PageMode },
  { chunks, members, quarantined }: RosterPageRows,
): Promise<WrittenPage> {
  const written: WrittenPage = { seenHashes: [], cancelRequested: false, pauseRequested: false };
  for (const [index, chunk] of chunks.entries()) {
    const isLast = index === chunks.length - 1;
    const rows = await db.rows(writtenRow, {
      ...WRITE[mode],
      values: [
        courseId,
        lease.runId,
        lease.lease,
        chunk.roles,
        isLast ? members : 0,
        isLast ? 1 : 0,
        isLast ? quarantined : "[]",
        ENOUGH_QUARANTINED,
        ...chunk.fields,
      ],
    });
    const [row] = rows;
    if (!row) throw new LeaseLost(lease.runId, lease.lease);
    written.seenHashes.push(row.seenHashes);
    written.cancelRequested ||= row.cancelRequested;
    written.pauseRequested ||= row.pauseRequested;
  }
  return written;
}

// PostgreSQL text holds no NUL and no half of a surrogate pair, which a platform may well send.
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!UNSTORABLE.test(json)) return json;
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? plainText(part) : part,
  );
}

// Nothing is written unless the run is still this worker's.
const LEASE = `
  lease AS (
    SELECT id, cancel_requested_at, pause_requested_at FROM run
     WHERE id = $2::uuid AND lease = $3::int AND state = 'running' FOR NO KEY UPDATE)`;

const KIND = `
  (CASE WHEN is_new THEN 'added' WHEN was_removed THEN 'restored' ELSE 'changed' END)
  ::roster_change_kind`;

function upsertFrom(source: "page" | "compared"): string {
  return `
    INSERT INTO membership (course_id, ${KEPT_COLUMNS})
    SELECT $1, ${KEPT_COLUMNS} FROM ${source}
    ON CONFLICT (course_id, user_id) DO UPDATE SET ${OVERWRITE}`;
}

const COMPARED_COUNTS = `
  SELECT count(*) FILTER (WHERE is_new OR was_removed)::int AS added,
         count(*) FILTER (WHERE NOT (is_new OR was_removed))::int AS changed FROM compared`;

// Somebody whom two pages list is there already: that row counts as changed.
const FIRST = `
  written AS (${upsertFrom("page")} RETURNING (xmax = 0) AS is_new),
  counts AS (SELECT count(*) FILTER (WHERE is_new)::int AS added,
                    count(*) FILTER (WHERE NOT is_new)::int AS changed FROM written)`;

function applied(listedToo: string): string {
  return `
  compared AS MATERIALIZED (${COMPARED}), written AS (${upsertFrom("compared")}),
  -- Platforms may wipe what whoever leaves has: nothing is known any more of what was sent to them.
  unproven AS (
    UPDATE score s SET needs_proof = true, proof = NULL, proof_cause = NULL
      FROM compared JOIN line_item li ON li.course_id = $1
     WHERE compared.was_removed AND s.line_item_id = li.id AND s.user_id = compared.user_id
       AND s.state = 'sent'),
  listed AS (
    INSERT INTO roster_change (run_id, course_id, user_id, kind, fields)
    SELECT $2, $1, user_id, ${KIND}, ${FIELDS} FROM compared ${listedToo}),
  counts AS (${COMPARED_COUNTS})`;
}

const PREVIEWED = `
  compared AS MATERIALIZED (${COMPARED}),
  listed AS (
    INSERT INTO roster_change (run_id, course_id, user_id, kind, state, fields)
    SELECT $2, $1, user_id, ${KIND}, 'previewed', ${FIELDS} FROM compared),
  counts AS (${COMPARED_COUNTS})`;

const NO_MARKS = "''::bytea";
const MARKS = `(
  SELECT coalesce(string_agg(${markOf("user_id")}, ''::bytea), ''::bytea)
    FROM (SELECT user_id FROM page
          UNION ALL
          SELECT unreadable ->> 'userId' FROM jsonb_array_elements($7::jsonb) AS unreadable
           WHERE unreadable ->> 'userId' IS NOT NULL) AS seen)`;

function statement(work: string, seenHashes: string) {
  return prepared(`
  WITH ${LEASE}, page AS (${PAGE}), ${work},
  in_course AS (
    UPDATE run_course part SET pages = pages + $6::int, members_seen = members_seen + $5::int,
           members_added = members_added + counts.added,
           members_changed = members_changed + counts.changed,
           quarantined = CASE WHEN jsonb_array_length(quarantined) < $8::int
                              THEN quarantined || $7::jsonb ELSE quarantined END
      FROM lease, counts WHERE part.run_id = lease.id AND part.course_id = $1),
  in_run AS (
    UPDATE run SET members_seen = members_seen + $5::int,
           members_added = members_added + counts.added,
           members_changed = members_changed + counts.changed
      FROM lease, counts WHERE run.id = lease.id)
  SELECT ${seenHashes} AS "seenHashes", cancel_requested_at IS NOT NULL AS "cancelRequested",
         pause_requested_at IS NOT NULL AS "pauseRequested",
         set_config('synchronous_commit', 'off', true)
    FROM lease`);
}

const WRITE: Record<PageMode, ReturnType<typeof prepared>> = {
  first: statement(FIRST, NO_MARKS),
  count: statement(applied("WHERE NOT is_new"), MARKS),
  list: statement(applied(""), MARKS),
  preview: statement(PREVIEWED, MARKS),
};
