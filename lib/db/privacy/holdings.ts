import { PERSONAL_COLUMNS } from "../rosters/columns.ts";

/** Who is meant: a user ID has a meaning within its platform alone. */
export type PersonKey = { registrationId: string; userId: string };

/** For `SET`: takes out of a membership what tells who somebody is. */
export const NO_PERSONAL_DATA = PERSONAL_COLUMNS.map(({ column }) => `${column} = NULL`).join(", ");

// $1 is the registration, $2 the user ID, $3 what stands in its place afterwards.
const COURSES = "(SELECT c.id FROM course c WHERE c.registration_id = $1::uuid)";
const LINE_ITEMS = `(SELECT li.id FROM line_item li WHERE li.course_id IN ${COURSES})`;
const RUNS = "(SELECT r.id FROM run r WHERE r.registration_id = $1::uuid)";
const OF_A_COURSE = `course_id IN ${COURSES} AND user_id = $2`;
const OF_A_COLUMN = `line_item_id IN ${LINE_ITEMS} AND user_id = $2`;

/** Rows about one person: which they are, and what is done to them when the person is erased. */
export type OwnRows = {
  table: string;
  where: string;
  erase: string;
  /** Its rows are about other people too, or repeat what another table says: not exported. */
  isShared?: true;
};

/**
 * Erased in this order. Memberships and scores stay under another name: counts and histories of
 * courses remain what they were. A member who was erased counts as one who left.
 */
export const OWN_ROWS: readonly OwnRows[] = [
  {
    table: "membership",
    where: OF_A_COURSE,
    erase: `UPDATE membership SET user_id = $3, ${NO_PERSONAL_DATA},
      launch_roles = '{}', removed_at = coalesce(removed_at, now()),
      last_seen_at = coalesce(last_seen_at, now()), changed_at = now() WHERE ${OF_A_COURSE}`,
  },
  {
    table: "person",
    where: "registration_id = $1::uuid AND user_id = $2",
    erase: "DELETE FROM person WHERE registration_id = $1::uuid AND user_id = $2",
  },
  {
    table: "person_due",
    isShared: true,
    where: `course_id IN ${COURSES} AND after = $2`,
    erase: `UPDATE person_due SET after = '' WHERE course_id IN ${COURSES} AND after = $2`,
  },
  {
    table: "roster_change",
    where: OF_A_COURSE,
    erase: `UPDATE roster_change SET user_id = $3, fields = '{}' WHERE ${OF_A_COURSE}`,
  },
  {
    table: "score_outcome",
    where: `user_id = $2 AND score_id IN
      (SELECT s.id FROM score s WHERE s.line_item_id IN ${LINE_ITEMS} AND s.user_id = $2)`,
    erase: `UPDATE score_outcome SET user_id = $3 WHERE user_id = $2 AND score_id IN
      (SELECT s.id FROM score s WHERE s.line_item_id IN ${LINE_ITEMS} AND s.user_id = $2)`,
  },
  {
    // What was never sent is nobody's any more, and is not to be sent under another name.
    table: "score",
    where: `${OF_A_COLUMN} AND sent_at IS NULL AND state <> 'rejected'`,
    erase: `DELETE FROM score WHERE ${OF_A_COLUMN} AND sent_at IS NULL AND state <> 'rejected'`,
  },
  {
    table: "score",
    where: OF_A_COLUMN,
    erase: `UPDATE score SET user_id = $3, comment = NULL, submission = NULL, extensions = NULL,
      state = CASE WHEN state = 'rejected' THEN state ELSE 'sent' END,
      score_given = CASE WHEN state IN ('pending', 'sending', 'conflict')
                         THEN sent_score_given ELSE score_given END,
      revision = revision + 1, needs_proof = false,
      proof_cause = CASE WHEN proof <> 'same' THEN 'left_course' ELSE proof_cause END
      WHERE ${OF_A_COLUMN}`,
  },
  {
    table: "score",
    isShared: true,
    where: `line_item_id IN ${LINE_ITEMS} AND scoring_user_id = $2`,
    erase: `UPDATE score SET scoring_user_id = $3
      WHERE line_item_id IN ${LINE_ITEMS} AND scoring_user_id = $2`,
  },
  {
    table: "scored_person",
    where: OF_A_COURSE,
    erase: `UPDATE scored_person SET user_id = $3 WHERE ${OF_A_COURSE}`,
  },
  {
    table: "feed_entry",
    isShared: true,
    where: "registration_id = $1::uuid AND $2 = ANY (subjects)",
    erase: `UPDATE feed_entry SET subjects = array_replace(subjects, $2, $3)
      WHERE registration_id = $1::uuid AND $2 = ANY (subjects)`,
  },
  {
    table: "foreign_result",
    where: OF_A_COLUMN,
    erase: `DELETE FROM foreign_result WHERE ${OF_A_COLUMN}`,
  },
  {
    table: "launch_session",
    where: OF_A_COURSE,
    erase: `DELETE FROM launch_session WHERE ${OF_A_COURSE}`,
  },
  {
    table: "grade_check",
    where: OF_A_COURSE,
    erase: `DELETE FROM grade_check WHERE ${OF_A_COURSE}`,
  },
];

/** Columns whose text or JSON may speak of people: copies, messages, what was asked for. */
export type Copies = {
  table: string;
  key: string;
  text?: readonly string[];
  json?: readonly string[];
  /** Which rows can be meant, by the registration $1; all of them where absent. */
  within?: string;
};

export const COPIES: readonly Copies[] = [
  {
    table: "run",
    key: "id::text",
    text: ["started_by", "wait_reason", "phase", "error_message"],
    json: ["error_detail"],
  },
  {
    table: "feed_entry",
    key: "id::text",
    json: ["data"],
    within: "registration_id = $1::uuid",
  },
  // What a receiver answered may repeat what it was told.
  { table: "webhook_delivery", key: "id::text", text: ["answer", "problem"] },
  { table: "run_follow_up", key: "run_id::text", text: ["started_by"] },
  {
    table: "run_course",
    key: "run_id || ' ' || course_id",
    text: ["error_message"],
    json: ["error_detail", "quarantined"],
    within: `course_id IN ${COURSES}`,
  },
  {
    table: "run_event",
    key: "id::text",
    text: ["message"],
    json: ["detail"],
    within: `run_id IN ${RUNS}`,
  },
  {
    table: "course",
    key: "id::text",
    text: ["roster_error_message", "grades_error_message", "paused_by"],
    json: ["roster_error_detail"],
    within: "registration_id = $1::uuid",
  },
  { table: "course_change", key: "id::text", text: ["source"], json: ["changes"] },
  { table: "connection_test", key: "id::text", text: ["started_by"], json: ["steps"] },
  {
    table: "score",
    key: "id::text",
    text: ["comment", "error_message", "proof_left_by"],
    json: ["submission", "extensions"],
    within: `line_item_id IN ${LINE_ITEMS}`,
  },
  {
    table: "score_outcome",
    key: "id::text",
    text: ["error_message"],
    within: `run_id IN ${RUNS}`,
  },
  {
    table: "bulk_operation",
    key: "id::text",
    text: ["started_by"],
    json: ["filter", "untouched", "problems", "actor"],
  },
  { table: "saved_view", key: "id::text", text: ["name", "query"] },
  { table: "idempotency_key", key: "actor || ' ' || key", text: ["location"], json: ["response"] },
  { table: "notice", key: "id::text", text: ["outcome"], json: ["payload"] },
  { table: "hold", key: "id::text", text: ["decided_by"] },
  { table: "line_item", key: "id::text", text: ["deleted_by"] },
  { table: "alert", key: "id::text", text: ["message", "acknowledged_by"] },
  { table: "alert_rule", key: "id::text", text: ["name", "created_by"] },
  { table: "alert_message", key: "id::text", text: ["problem"] },
  { table: "imported_key", key: "id::text", text: ["imported_by"] },
  { table: "schedule", key: "id::text", text: ["created_by", "last_skip_reason"] },
  { table: "token_request", key: "id::text", text: ["reason", "error_message"] },
  { table: "registration", key: "id::text", text: ["paused_by"] },
  { table: "registration_draft", key: "id::text", json: ["values"] },
  { table: "registration_invitation", key: "id::text", text: ["created_by"], json: ["problem"] },
];
