import type { LineItemRow } from "#lib/db/line-items/line-items.ts";
import type { LineItem } from "#lib/lti/index.ts";
import { withoutLaunchName } from "../launches/record/launcher-name.ts";
import { versionOf } from "../version.ts";
import type { LineItemField, LineItemView } from "./schema.ts";

/** What of a line item can be changed, as it is shown and compared. */
export type EditableFields = Pick<LineItemView, LineItemField>;

export function lineItemView(row: LineItemRow): LineItemView {
  const { pending, sending, sent, skipped, rejected, conflict } = row;
  const fields = editableFields(row);
  return {
    id: row.id,
    courseId: row.courseId,
    url: row.url,
    ...fields,
    resourceLinkId: row.resourceLinkId,
    scores: { pending, sending, sent, skipped, rejected, conflict },
    goneAt: row.goneAt?.toISOString() ?? null,
    deletedBy: row.deletedBy === null ? null : withoutLaunchName(row.deletedBy),
    version: versionOf(fields),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Of what is held here, or of what the platform has. */
export function editableFields(
  item: Partial<Pick<LineItemRow, LineItemField>> | Pick<LineItem, LineItemField>,
): EditableFields {
  return {
    label: item.label ?? "",
    scoreMaximum: item.scoreMaximum ?? 0,
    resourceId: item.resourceId ?? null,
    tag: item.tag ?? null,
    startAt: item.startAt?.toISOString() ?? null,
    endAt: item.endAt?.toISOString() ?? null,
    gradesReleased: item.gradesReleased ?? null,
  };
}

/** The fields of `asked` that `has` has otherwise. */
export function differing(asked: Partial<EditableFields>, has: EditableFields): LineItemField[] {
  const fields = Object.keys(has) as LineItemField[];
  return fields.filter((field) => asked[field] !== undefined && asked[field] !== has[field]);
}
