import { setImmediate } from "node:timers/promises";
import { type FieldErrors, InvalidInput } from "#lib/operations/errors.ts";
import { validated } from "#lib/operations/validated.ts";
import { type Acceptance, type RowCode, type RowNote, ScoreInput, ScorePush } from "../schema.ts";

/** A score with its place in the request. */
export type Row = { index: number; score: ScoreInput };

/** Why a row is not stored; messages by field of the row, "" for the row itself. */
export type RowFault = { index: number; userId: string | null; code: RowCode; fields: FieldErrors };

/** What to do about a row. */
const ADVICE: Record<RowCode, string> = {
  invalid: "Correct the fields that are named, and send this row again.",
  listed_twice: "Send one row for each person and line item.",
  person_unknown:
    "Sync the course's roster, or send the platform's user ID: nobody in the roster is called so.",
  person_ambiguous: "Send the platform's user ID: several people in the roster are called so.",
  not_in_roster:
    "Stored, and sent as it is; the platform will probably refuse it. Sync the roster, or withdraw it.",
  teacher:
    "Stored, and sent as it is; platforms refuse scores for instructors and teaching assistants.",
};

const MOST_EXTENSIONS = 50;
const MESSAGES_OF_A_ROW = 10;
/** After so many rows others have their turn. */
const ROWS_AT_ONCE = 250;

const Envelope = ScorePush.omit({ scores: true });

/**
 * Reads a push row by row, so that what is wrong with ten thousand holds up nobody and costs no
 * more memory than what is told of it.
 *
 * @throws InvalidInput  it has no rows, or too many; or, unless what is right is wanted, one is wrong
 */
export async function readPush(
  push: unknown,
): Promise<
  Omit<ScorePush, "scores"> & { rows: Row[]; faults: RowFault[]; acceptance: Acceptance }
> {
  const { scores, ...rest } = push as { scores?: unknown };
  const envelope = validated(Envelope, rest);
  const acceptance = envelope.acceptance ?? "all-or-nothing";
  const rows: Row[] = [];
  const faults: RowFault[] = [];
  for (const [index, value] of listed(scores).entries()) {
    const read = readRow(index, value);
    if ("score" in read) rows.push(read);
    else faults.push(read);
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
  }
  if (acceptance === "all-or-nothing") refuse(faults);
  return { ...envelope, acceptance, rows, faults };
}

function listed(scores: unknown): unknown[] {
  if (!Array.isArray(scores)) throw new InvalidInput({ scores: ["must be a list of scores"] });
  if (scores.length === 0) throw new InvalidInput({ scores: ["has no score"] });
  if (scores.length > 10_000) throw new InvalidInput({ scores: ["has more than 10,000 scores"] });
  return scores;
}

function readRow(index: number, value: unknown): Row | RowFault {
  const { userId, extensions } = (value ?? {}) as { userId?: unknown; extensions?: object };
  const wrong = (fields: FieldErrors): RowFault => ({
    index,
    userId: typeof userId === "string" ? userId.slice(0, 255) : null,
    code: "invalid",
    fields: Object.fromEntries(Object.entries(fields).slice(0, MESSAGES_OF_A_ROW)),
  });
  if (typeof extensions === "object" && Object.keys(extensions ?? {}).length > MOST_EXTENSIONS)
    return wrong({ extensions: [`has more than ${MOST_EXTENSIONS} values`] });
  try {
    return { index, score: validated(ScoreInput, value) };
  } catch (error) {
    if (error instanceof InvalidInput) return wrong(error.fields);
    throw error;
  }
}

/** The rows without those of a person who has one already. */
export function withoutDoubles(rows: readonly Row[]): { single: Row[]; faults: RowFault[] } {
  const firstAt = new Map<string, number>();
  const single: Row[] = [];
  const faults: RowFault[] = [];
  for (const row of rows) {
    const { index, score } = row;
    const first = firstAt.get(score.userId);
    if (first === undefined) {
      firstAt.set(score.userId, index);
      single.push(row);
      continue;
    }
    const fields = { userId: [`is listed already, as scores.${first}`] };
    faults.push({ index, userId: score.userId, code: "listed_twice", fields });
  }
  return { single, faults };
}

/** @throws InvalidInput  there is a fault; each row is named */
export function refuse(faults: readonly RowFault[]): void {
  if (faults.length === 0) return;
  const inOrder = [...faults].sort((one, other) => one.index - other.index);
  const fields = inOrder.flatMap(({ index, fields: messages }) =>
    Object.entries(messages).map(([field, each]) => [
      field === "" ? `scores.${index}` : `scores.${index}.${field}`,
      each,
    ]),
  );
  throw new InvalidInput(Object.fromEntries(fields) as FieldErrors);
}

/** What is told of a row that was not stored. */
export function noteOf({ index, userId, code, fields }: RowFault): RowNote {
  const message = Object.entries(fields)
    .map(([field, messages]) => `${field === "" ? "it" : field} ${messages.join(", ")}`)
    .join("; ");
  return { index, userId, isStored: false, code, message, advice: ADVICE[code] };
}

/** What is told of a row that was stored, and will probably be refused by the platform. */
export function warningOf({ index, score }: Row, code: "not_in_roster" | "teacher"): RowNote {
  const message =
    code === "teacher" ? "this person teaches the course" : "the roster does not list them";
  return { index, userId: score.userId, isStored: true, code, message, advice: ADVICE[code] };
}
