import { LineItemInvalid } from "../../../errors.ts";
import {
  Unusable,
  booleanOf,
  dateOf,
  identifierOf,
  isJsonObject,
  numberOf,
  textOf,
  unknownMembers,
} from "../../../values/json-body.ts";
import type { JsonObject } from "../../../values/json-body.ts";
import { parseServiceUrl } from "../../../values/service-url.ts";

/** A column of the platform's grade book; its address is its identity. */
export type LineItem = {
  /** The line item's address, `id` on the wire. */
  url: string;
  label: string;
  scoreMaximum: number;
  resourceId?: string;
  resourceLinkId?: string;
  tag?: string;
  startAt?: Date;
  endAt?: Date;
  /** Whether the tool wishes grades to be released; the platform decides. */
  gradesReleased?: boolean;
  /** Members that this library does not know, or cannot read; kept through an update. */
  extensions: JsonObject;
};

/** What a tool says about a new or changed line item. */
export type LineItemInput = {
  label: string;
  scoreMaximum: number;
  resourceId?: string;
  resourceLinkId?: string;
  tag?: string;
  startAt?: Date;
  endAt?: Date;
  gradesReleased?: boolean;
  extensions?: JsonObject;
};

/** What may be changed of a line item; undefined voids. */
export type LineItemChanges = Partial<Omit<LineItemInput, "resourceLinkId">>;

/** Members on the wire, by the fields they are read into. */
const MEMBERS = {
  url: "id",
  label: "label",
  scoreMaximum: "scoreMaximum",
  resourceId: "resourceId",
  resourceLinkId: "resourceLinkId",
  tag: "tag",
  startAt: "startDateTime",
  endAt: "endDateTime",
  gradesReleased: "gradesReleased",
} as const;

const KNOWN: ReadonlySet<string> = new Set(Object.values(MEMBERS));

/**
 * Reads one line item: it, or the reason why it is none.
 *
 * @see AGS 2.0 §3.2.3
 */
export function parseLineItem(value: unknown, base: string): LineItem | Unusable {
  if (!isJsonObject(value)) return new Unusable("is not an object");
  // An empty address would be that of the container itself.
  const id = textOf(value["id"])?.trim() ?? "";
  const url = id === "" ? undefined : parseServiceUrl(id, base);
  if (!url) return new Unusable("has no usable id");
  const scoreMaximum = numberOf(value["scoreMaximum"]);
  if (scoreMaximum === undefined) return new Unusable("has no scoreMaximum");
  const item = {
    url: asWritten(id) ?? url.href,
    label: textOf(value["label"]) ?? "",
    scoreMaximum,
    resourceId: identifierOf(value["resourceId"]),
    resourceLinkId: identifierOf(value["resourceLinkId"]),
    tag: textOf(value["tag"]),
    startAt: dateOf(value["startDateTime"]),
    endAt: dateOf(value["endDateTime"]),
    gradesReleased: booleanOf(value["gradesReleased"]),
  };
  return { ...item, extensions: { ...unknownMembers(value, KNOWN), ...unread(value, item) } };
}

/** Known members that say something which could not be read, such as a date of another form. */
function unread(value: JsonObject, item: Omit<LineItem, "extensions">): JsonObject {
  const fields = Object.keys(MEMBERS) as (keyof typeof MEMBERS)[];
  const members = fields.flatMap((field) => {
    const told = value[MEMBERS[field]];
    const isSaid = told !== undefined && told !== null && told !== "";
    return isSaid && item[field] === undefined ? [[MEMBERS[field], told]] : [];
  });
  return Object.fromEntries(members) as JsonObject;
}

/** A line item with changes; what was there unread gives way to them. */
export function changedLineItem(item: LineItem, changes: LineItemChanges): LineItem {
  const named = Object.keys(changes) as (keyof LineItemChanges)[];
  const members = new Set<string>(
    named.flatMap((field) => (field === "extensions" ? [] : [MEMBERS[field]])),
  );
  return { ...item, extensions: unknownMembers(item.extensions, members), ...changes };
}

// Kept as written where that is an address: it is compared with what a launch announced.
function asWritten(id: string): string | undefined {
  return /^https?:\/\/\S+$/i.test(id) ? id : undefined;
}

/**
 * Checks a line item before it is sent.
 *
 * @throws LineItemInvalid  names the field and the reason
 * @see AGS 2.0 §3.2.7, §3.2.8, §3.2.12, §3.2.13
 */
export function checkLineItem(input: LineItemInput): void {
  if (input.label.trim() === "") throw new LineItemInvalid("label", "must not be blank");
  if (!(Number.isFinite(input.scoreMaximum) && input.scoreMaximum > 0)) {
    throw new LineItemInvalid("scoreMaximum", "must be more than 0");
  }
  for (const field of ["startAt", "endAt"] as const) {
    const date = input[field];
    if (date && Number.isNaN(date.getTime())) throw new LineItemInvalid(field, "must be a date");
  }
}

/**
 * The JSON of a line item, on one line; `id` only where the platform gave one.
 *
 * @see AGS 2.0 §3.2.5, §3.2.6
 */
export function lineItemToJson(item: LineItemInput & { url?: string }): string {
  const { extensions, ...fields } = item;
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  // A date says itself in UTC, with milliseconds.
  const members = said.map(([field, value]) => [MEMBERS[field as keyof typeof MEMBERS], value]);
  return JSON.stringify({ ...extensions, ...(Object.fromEntries(members) as JsonObject) });
}
