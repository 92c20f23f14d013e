import { z } from "zod";
import {
  LineItemInput,
  type LineItemPatch,
  type LineItemView,
} from "#lib/operations/line-items/schema.ts";

/** As a browser's field for date and time has it, read as UTC. */
const LocalTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/, "must be a date and a time")
  .transform((text) => `${text.length === 16 ? `${text}:00` : text}Z`)
  .refine((text) => !Number.isNaN(Date.parse(text)), "must be a date and a time");

/** The form of a line item; an empty field voids. */
export const LineItemForm = z.object({
  label: LineItemInput.shape.label,
  scoreMaximum: LineItemInput.shape.scoreMaximum,
  resourceId: z.string().trim().max(500).optional(),
  tag: z.string().trim().max(500).optional(),
  startAt: LocalTime.optional(),
  endAt: LocalTime.optional(),
  gradesReleased: z.enum(["true", "false"]).optional(),
});

/** What of the form is otherwise than it is held: a field that was not touched changes nothing. */
export function changesIn(
  { startAt, endAt, gradesReleased, ...fields }: z.output<typeof LineItemForm>,
  held: LineItemView,
): LineItemPatch {
  const wanted = {
    ...fields,
    resourceId: fields.resourceId ?? null,
    tag: fields.tag ?? null,
    startAt: momentOf(startAt, held.startAt),
    endAt: momentOf(endAt, held.endAt),
    gradesReleased: gradesReleased === undefined ? null : gradesReleased === "true",
  };
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  const changed = names.filter((name) => wanted[name] !== held[name]);
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}

/** The field has whole seconds; a moment that is the same to the second is the same. */
function momentOf(typed: string | undefined, held: string | null): string | null {
  if (typed === undefined) return null;
  const at = new Date(typed).toISOString();
  return held !== null && at.slice(0, 19) === held.slice(0, 19) ? held : at;
}
