// An application that keeps a copy of members and grades by the change feed, as docs/integrating.md
// says: what came and the cursor in one transaction, so that it may be killed at any moment. It also
// writes down whatever came in an order that cannot be. With FEED_END it ends once it has all.
import pg from "pg";

const { ROLLBOOK_URL, ROLLBOOK_API_KEY, COPY_DATABASE_URL, FEED_LIMIT = "200" } = process.env;
const isToEnd = process.env.FEED_END === "yes";

/** What may come next for a member, by what came last. */
const NEXT = {
  nothing: ["member.added"],
  "member.added": ["member.changed", "member.removed"],
  "member.changed": ["member.changed", "member.removed"],
  "member.restored": ["member.changed", "member.removed"],
  "member.removed": ["member.restored"],
};

const copy = new pg.Client({ connectionString: COPY_DATABASE_URL });
await copy.connect();
await copy.query(`
  CREATE TABLE IF NOT EXISTS copy_cursor (one int PRIMARY KEY, position text NOT NULL, events int NOT NULL);
  CREATE TABLE IF NOT EXISTS copy_course (id text PRIMARY KEY, sequence bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS copy_member (
    course_id text, user_id text, email text, roles text, is_gone boolean NOT NULL,
    last_type text NOT NULL, PRIMARY KEY (course_id, user_id));
  CREATE TABLE IF NOT EXISTS copy_score (
    line_item_id text, user_id text, score_given float8, type text NOT NULL,
    sent_with timestamptz NOT NULL, PRIMARY KEY (line_item_id, user_id));
  CREATE TABLE IF NOT EXISTS copy_disorder (sequence bigint, words text NOT NULL)`);
const kept = await copy.query("SELECT position FROM copy_cursor");
let cursor = kept.rows[0]?.position;

for (;;) {
  const { items, nextCursor, hasMore } = await changesAfter(cursor);
  if (items.length > 0 || nextCursor !== cursor) await keep(items, nextCursor);
  cursor = nextCursor;
  if (isToEnd && !hasMore && items.length === 0) break;
}
await copy.end();

async function changesAfter(position) {
  const query = new URLSearchParams({ limit: FEED_LIMIT, wait: isToEnd ? "0" : "5" });
  if (position) query.set("after", position);
  const response = await fetch(`${ROLLBOOK_URL}/api/v1/changes?${query}`, {
    headers: { authorization: `Bearer ${ROLLBOOK_API_KEY}` },
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

async function keep(items, position) {
  await copy.query("BEGIN");
  const disorder = [
    ...(await keepCourses(items)),
    ...(await keepMembers(items.filter(({ member }) => member))),
    ...(await keepScores(items.filter(({ score }) => score))),
  ];
  for (const { sequence, words } of disorder)
    await copy.query("INSERT INTO copy_disorder VALUES ($1, $2)", [sequence, words]);
  await copy.query(
    `INSERT INTO copy_cursor VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE
        SET position = excluded.position, events = copy_cursor.events + excluded.events`,
    [position, items.length],
  );
  await copy.query("COMMIT");
}

/** Numbers of a course grow, and the course itself is told of first. */
async function keepCourses(items) {
  const ids = [...new Set(items.map(({ courseId }) => courseId).filter(Boolean))];
  const { rows } = await copy.query("SELECT id, sequence FROM copy_course WHERE id = ANY ($1)", [
    ids,
  ]);
  const last = new Map(rows.map(({ id, sequence }) => [id, Number(sequence)]));
  const disorder = [];
  for (const { courseId, sequence, type } of items) {
    if (!courseId) continue;
    const before = last.get(courseId);
    if (before === undefined ? type !== "course.discovered" : sequence <= before)
      disorder.push({ sequence, words: `${type} of the course after ${before ?? "nothing"}` });
    last.set(courseId, sequence);
  }
  await copy.query(
    `INSERT INTO copy_course SELECT * FROM unnest($1::text[], $2::bigint[])
     ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence`,
    [[...last.keys()], [...last.values()]],
  );
  return disorder;
}

async function keepMembers(items) {
  const keyOf = (courseId, userId) => `${courseId} ${userId}`;
  const { rows } = await copy.query(
    `SELECT m.course_id, m.user_id, m.last_type FROM copy_member m
       JOIN unnest($1::text[], $2::text[]) AS asked (course_id, user_id) USING (course_id, user_id)`,
    [items.map(({ courseId }) => courseId), items.map(({ member }) => member.userId)],
  );
  const last = new Map(rows.map((each) => [keyOf(each.course_id, each.user_id), each.last_type]));
  const states = new Map();
  const disorder = [];
  for (const { courseId, member, type, sequence } of items) {
    const key = keyOf(courseId, member.userId);
    const before = last.get(key) ?? "nothing";
    if (!NEXT[before].includes(type))
      disorder.push({ sequence, words: `${type} of ${member.userId} after ${before}` });
    last.set(key, type);
    states.set(key, { courseId, member, type });
  }
  const values = [...states.values()];
  await copy.query(
    `INSERT INTO copy_member
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[])
     ON CONFLICT (course_id, user_id) DO UPDATE SET email = excluded.email,
        roles = excluded.roles, is_gone = excluded.is_gone, last_type = excluded.last_type`,
    [
      values.map(({ courseId }) => courseId),
      values.map(({ member }) => member.userId),
      values.map(({ member }) => member.email),
      values.map(({ member }) => member.roles.join(" ")),
      values.map(({ member }) => member.removedAt !== null),
      values.map(({ type }) => type),
    ],
  );
  return disorder;
}

/** A grade is told with the timestamp that it was sent with, which only grows. */
async function keepScores(items) {
  const { rows } = await copy.query(
    `SELECT s.line_item_id, s.user_id, s.sent_with FROM copy_score s
       JOIN unnest($1::text[], $2::text[]) AS asked (line_item_id, user_id)
         USING (line_item_id, user_id)`,
    [items.map(({ score }) => score.lineItemId), items.map(({ score }) => score.userId)],
  );
  const last = new Map(
    rows.map((each) => [`${each.line_item_id} ${each.user_id}`, each.sent_with.getTime()]),
  );
  const states = new Map();
  const disorder = [];
  for (const { score, type, sequence } of items) {
    const key = `${score.lineItemId} ${score.userId}`;
    const at = Date.parse(score.timestamp);
    if (at <= (last.get(key) ?? 0))
      disorder.push({ sequence, words: `${type} of ${score.userId} is no later than the last` });
    last.set(key, at);
    states.set(key, { score, type });
  }
  const values = [...states.values()];
  await copy.query(
    `INSERT INTO copy_score
     SELECT * FROM unnest($1::text[], $2::text[], $3::float8[], $4::text[], $5::timestamptz[])
     ON CONFLICT (line_item_id, user_id) DO UPDATE SET score_given = excluded.score_given,
        type = excluded.type, sent_with = excluded.sent_with`,
    [
      values.map(({ score }) => score.lineItemId),
      values.map(({ score }) => score.userId),
      values.map(({ score }) => score.scoreGiven),
      values.map(({ type }) => type),
      values.map(({ score }) => score.timestamp),
    ],
  );
  return disorder;
}
