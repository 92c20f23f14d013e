import { refuse, type Refused } from "#tests/support/platform/http/reply.ts";
import type { LineItemFields } from "./line-item.ts";
import { isZonedDateTime } from "./timestamp.ts";

const TEXTS = ["resourceId", "resourceLinkId", "tag"] as const;
const TIMES = ["startDateTime", "endDateTime"] as const;
const KNOWN: ReadonlySet<string> = new Set([
  "id",
  "label",
  "scoreMaximum",
  "gradesReleased",
  ...TEXTS,
  ...TIMES,
]);

/** Reads a line item as AGS 2.0 §3.2 has it, without its id; extensions are keyed by full URLs. */
export function readLineItem(json: unknown): LineItemFields {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw invalid("the body must be a JSON object");
  }
  const { id: _id, ...fields } = json as Record<string, unknown>;
  const { label, scoreMaximum } = fields;
  if (typeof label !== "string" || label.trim() === "") throw invalid("label must not be blank");
  if (typeof scoreMaximum !== "number" || scoreMaximum <= 0) {
    throw invalid("scoreMaximum must be a number above 0");
  }
  checkTexts(fields);
  checkTimes(fields);
  checkExtensions(fields);
  return { ...fields, label, scoreMaximum };
}

function checkTexts(fields: Record<string, unknown>): void {
  for (const name of TEXTS) {
    const value = fields[name];
    if (value !== undefined && typeof value !== "string") throw invalid(`${name} must be a string`);
  }
}

function checkTimes(fields: Record<string, unknown>): void {
  for (const name of TIMES) {
    const value = fields[name];
    if (value !== undefined && !isZonedDateTime(value)) {
      throw invalid(`${name} must be ISO 8601 with a zone`);
    }
  }
}

function checkExtensions(fields: Record<string, unknown>): void {
  for (const name of Object.keys(fields)) {
    if (!KNOWN.has(name) && !/^https?:\/\//.test(name)) {
      throw invalid(`${name} is not a property of a line item`);
    }
  }
}

function invalid(words: string): Refused {
  return refuse(400, "bad_request", words);
}
