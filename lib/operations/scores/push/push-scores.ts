import * as stored from "#lib/db/line-items/line-items.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { requiredCourse } from "#lib/operations/courses/courses.ts";
import { InvalidInput, NotFound } from "#lib/operations/errors.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { requiredLineItem } from "#lib/operations/line-items/line-items.ts";
import { permit } from "#lib/operations/permit.ts";
import { validated } from "#lib/operations/validated.ts";
import {
  type CourseScorePush,
  type CourseScorePushResult,
  LineItemReference,
  type ScorePush,
  type ScorePushResult,
} from "../schema.ts";
import { byUserId } from "./people.ts";
import { noteOf, readPush, refuse } from "./rows.ts";
import { storeScores } from "./store-scores.ts";

/**
 * Sets the wanted scores of a line item. A value that is wanted or sent already changes
 * nothing.
 *
 * @throws InvalidInput  unless what is right is wanted: a row is wrong
 */
export async function pushScores(
  asker: Asker,
  { lineItemId, ...push }: { lineItemId: string } & ScorePush,
): Promise<ScorePushResult> {
  const caller = await permit(asker, "scores:write", { lineItemId });
  return storeScores(caller, { lineItemId, ...(await readPush(push)), source: "push" });
}

/**
 * The same for a line item that is named by what the tool knows of it; one that is not known here is
 * found on the platform or made there, if the push says how.
 *
 * @throws InvalidInput   it is not known and nothing says how to make it, or it is several
 * @throws ScopeMismatch  the platform does not let the tool make line items
 * @throws LtiError       the platform refused, or gave no answer
 */
export async function pushCourseScores(
  asker: Asker,
  { courseId, lineItem, ...push }: { courseId: string } & CourseScorePush,
): Promise<CourseScorePushResult> {
  const caller = await permit(asker, "scores:write", { courseId });
  const reference = referenceOf(lineItem);
  const read = await readPush(push);
  const course = await requiredCourse(caller.db, courseId);
  const known = await knownLineItem(caller, course.id, reference);
  if (known !== null) {
    const result = await storeScores(caller, { lineItemId: known, ...read, source: "push" });
    return { ...result, lineItemId: known, wasCreated: false };
  }
  const wanted = howToMake(reference);
  // No column is made for rows of which none can be stored.
  const { idType = "user_id", rows } = read;
  const { known: people, faults } = await byUserId(caller.db, course.id, { rows, idType });
  if (read.acceptance === "all-or-nothing") refuse(faults);
  if (people.length === 0) {
    const notes = [...read.faults, ...faults].map(noteOf);
    return { ...NOTHING, refused: notes.length, rows: notes, lineItemId: null, wasCreated: false };
  }
  const { id, wasCreated } = await addLineItem(caller, { courseId: course.id, ...wanted });
  const result = await storeScores(caller, { lineItemId: id, ...read, source: "push" });
  return { ...result, lineItemId: id, wasCreated };
}

const NOTHING = { accepted: 0, unchanged: 0, notInRoster: 0, teachers: 0, runId: null };

function referenceOf(lineItem: unknown): LineItemReference {
  try {
    return validated(LineItemReference, lineItem);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const fields = Object.entries(error.fields).map(([field, messages]) => [
      field === "" ? "lineItem" : `lineItem.${field}`,
      messages,
    ]);
    throw new InvalidInput(Object.fromEntries(fields) as InvalidInput["fields"]);
  }
}

/** Null where it is not known here, or the platform has it no longer. */
async function knownLineItem(
  { db }: Caller,
  courseId: string,
  { id, url, resourceId, tag }: LineItemReference,
): Promise<string | null> {
  if (id !== undefined) {
    const row = await requiredLineItem(db, id);
    if (row.courseId !== courseId) throw new NotFound("line item", id);
    return row.id;
  }
  const named = { url, resourceId: resourceId || undefined, tag: tag || undefined };
  const { rows } = await stored.listLineItems(db, { courseId, ...named, limit: 200 });
  const present = rows.filter(({ goneAt, deletedBy }) => goneAt === null && deletedBy === null);
  if (present.length > 1) {
    const ids = present.map((row) => row.id).join(", ");
    throw new InvalidInput({
      lineItem: [`${present.length} line items are called so: name one by its id (${ids})`],
    });
  }
  return present[0]?.id ?? null;
}

function howToMake({ url, resourceId, tag, label, scoreMaximum }: LineItemReference) {
  if (label === undefined || scoreMaximum === undefined) {
    throw new InvalidInput({
      lineItem: [
        "is not known here: import the course's line items, or send label and scoreMaximum, by which it is found on the platform or made",
      ],
    });
  }
  return { url, resourceId, tag, label, scoreMaximum };
}
