import type { Database } from "#lib/db/client.ts";

/** What triggers keep beside the rows, and `fill` leaves out: as their migrations reckon it. */
const DERIVED = {
  scoredPeople: `
    INSERT INTO scored_person (course_id, user_id)
    SELECT DISTINCT li.course_id, s.user_id FROM score s JOIN line_item li ON li.id = s.line_item_id`,
  proof: "SELECT count(proof_of_column(id, 1)) FROM line_item WHERE deleted_by IS NULL",
  hours: `
    INSERT INTO registration_hour (registration_id, hour, runs, runs_failed, scores_sent,
           scores_rejected, within_100ms, calls_failed)
    SELECT registration_id, date_trunc('hour', finished_at, 'UTC'), count(*),
           count(*) FILTER (WHERE state = 'failed'),
           coalesce(sum(done) FILTER (WHERE kind = 'grade_sync'), 0),
           coalesce(sum(failed) FILTER (WHERE kind = 'grade_sync'), 0), 10 * count(*),
           count(*) FILTER (WHERE state = 'failed')
      FROM run WHERE finished_at >= now() - interval '31 days' GROUP BY 1, 2`,
  people: `
    INSERT INTO person (registration_id, user_id, name, family_name, email, lis_person_sourcedid,
           course_ids)
    SELECT c.registration_id, m.user_id, max(m.name), max(m.family_name), max(m.email),
           max(m.lis_person_sourcedid), (array_agg(m.course_id))[1:50]
      FROM membership m JOIN course c ON c.id = m.course_id GROUP BY 1, 2`,
};

export async function fillDerived({ pool }: Database): Promise<void> {
  for (const [name, statement] of Object.entries(DERIVED)) {
    const startedMs = performance.now();
    await pool.query(statement);
    console.error(`${name}: ${Math.round(performance.now() - startedMs)} ms`);
  }
  await pool.query("VACUUM ANALYZE");
}
