import { hasCode } from "#lib/errors.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import * as stored from "#lib/db/line-items/line-items.ts";
import { markColumn } from "#lib/db/proof/verify.ts";
import {
  getLineItem as readLineItem,
  type LineItem,
  type ResourceGone,
  SCOPE,
  updateLineItem as replaceLineItem,
} from "#lib/lti/index.ts";
import { audit, changesBetween } from "#lib/operations/audit/trail.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { Conflict, VersionMismatch } from "#lib/operations/errors.ts";
import { permit } from "#lib/operations/permit.ts";
import { validated } from "#lib/operations/validated.ts";
import { checkVersion, type Expected, versionOf } from "#lib/operations/version.ts";
import { lineItemEndpoints, usableCourse } from "../endpoints.ts";
import { getLineItem, requiredLineItem } from "../line-items.ts";
import {
  type LineItemChanged,
  type LineItemOnPlatform,
  LineItemPatch,
  type LineItemView,
} from "../schema.ts";
import { differing, editableFields, type EditableFields, lineItemView } from "../view.ts";

type LineItemId = { lineItemId: string };

/**
 * Asks the platform for a line item, and answers with both sides; nothing is stored.
 *
 * @throws ResourceGone | LtiError  the platform has it no longer, refused, or gave no answer
 */
export async function readLineItemOnPlatform(
  asker: Asker,
  { lineItemId }: LineItemId,
): Promise<LineItemOnPlatform> {
  const caller = await permit(asker, "read", { lineItemId });
  const row = await requiredLineItem(caller.db, lineItemId);
  const course = await usableCourse(caller, row.courseId);
  const readable = [SCOPE.lineItemReadonly, SCOPE.lineItem];
  const endpoints = lineItemEndpoints(course, readable, row.url);
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  const item = await connection.call((client) => readLineItem(client, { lineItemUrl: row.url }));
  const held = lineItemView(row);
  const fields = editableFields(knownIdentity(row, item));
  return {
    platform: {
      url: item.url,
      ...editableFields(item),
      resourceLinkId: item.resourceLinkId ?? null,
      extensions: item.extensions,
    },
    held,
    differs: differing(held, fields),
    version: versionOf(fields),
  };
}

/**
 * Changes a line item on the platform: it is read, checked against the version that the caller has
 * seen, and replaced with all that the platform sent but for the changes.
 *
 * @throws VersionMismatch  the platform has it otherwise than the caller saw; that is stored
 * @throws ScopeMismatch    the platform does not let the tool change line items
 * @throws LtiError         the platform refused, or gave no answer
 */
export async function updateLineItem(
  asker: Asker,
  { lineItemId, ifVersion, ...input }: LineItemId & Expected & LineItemPatch,
): Promise<LineItemChanged> {
  const caller = await permit(asker, "scores:write", { lineItemId });
  const given = validated(LineItemPatch, input);
  const { id, courseId } = await requiredLineItem(caller.db, lineItemId);
  const course = await usableCourse(caller, courseId);
  return caller.engine.alone(`change of line item ${id}`, async () => {
    const row = await requiredLineItem(caller.db, id);
    if (row.deletedBy !== null) throw new Conflict("the line item was deleted");
    const asked = fieldsOf(given);
    const { before, after } = await replaced(caller, course, { row, asked, ifVersion });
    const view = await keep(caller, course, { row, before, after, asked });
    return { ...view, differs: differing(asked, view) };
  });
}

type Replacing = { row: stored.LineItemRow; asked: Partial<EditableFields> } & Expected;

/** What the platform had, and what it has now. */
async function replaced(
  caller: Caller,
  course: CourseRow,
  { row, asked, ifVersion }: Replacing,
): Promise<{ before: LineItem; after: LineItem }> {
  const endpoints = lineItemEndpoints(course, [SCOPE.lineItem], row.url);
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  let before: LineItem | undefined;
  const changesOf = (current: LineItem) => {
    before ??= current;
    const fields = editableFields(knownIdentity(row, current));
    checkVersion({ ifVersion }, fields);
    return differing(asked, fields).length === 0 ? null : onTheWire(asked);
  };
  try {
    const after = await connection.call((client) =>
      replaceLineItem(client, changesOf, { lineItemUrl: row.url }),
    );
    return { before: before ?? after, after };
  } catch (error) {
    // So that reading it again gives the version that is there.
    if (error instanceof VersionMismatch && before)
      await keep(caller, course, { row, before, after: before, asked: {} });
    if (hasCode<ResourceGone>(error, "lti.resource_gone") && error.isCertain)
      await markColumn(caller.db, row.id, true);
    throw error;
  }
}

type Kept = {
  row: stored.LineItemRow;
  before: LineItem;
  after: LineItem;
  asked: Partial<EditableFields>;
};

async function keep(
  caller: Caller,
  course: CourseRow,
  { row, before, after, asked }: Kept,
): Promise<LineItemView> {
  const had = editableFields(knownIdentity(row, before));
  const identity = { ...row, ...identityOf(asked) };
  const item = knownIdentity(identity, after);
  const changes = changesBetween(had, editableFields(item));
  await transaction(caller.db, async (tx) => {
    const resourceLinkId = after.resourceLinkId ?? row.resourceLinkId ?? undefined;
    await stored.updateLineItem(tx, row.id, { ...item, resourceLinkId });
    if (Object.keys(changes).length > 0)
      await audit(tx, caller, {
        action: "line_item.update",
        object: "line_item",
        objectId: row.id,
        detail: { courseId: course.id, label: item.label, changes },
      });
    await notify(tx, { courseId: course.id, registrationId: course.registrationId });
  });
  return getLineItem(caller, { lineItemId: row.id });
}

/** A platform that does not repeat the resource ID and tag must not take them from the row. */
function knownIdentity(
  known: Pick<stored.LineItemRow, "resourceId" | "tag">,
  item: LineItem,
): LineItem {
  return {
    ...item,
    resourceId: item.resourceId ?? known.resourceId ?? undefined,
    tag: item.tag ?? known.tag ?? undefined,
  };
}

function identityOf({ resourceId, tag }: Partial<EditableFields>) {
  return { ...(resourceId !== undefined && { resourceId }), ...(tag !== undefined && { tag }) };
}

/** As it is compared: empty text is none, and a moment is in UTC. */
function fieldsOf({ startAt, endAt, resourceId, tag, ...rest }: LineItemPatch) {
  const moment = (at: string | null) => at && new Date(at).toISOString();
  return {
    ...rest,
    ...(resourceId !== undefined && { resourceId: resourceId || null }),
    ...(tag !== undefined && { tag: tag || null }),
    ...(startAt !== undefined && { startAt: moment(startAt) }),
    ...(endAt !== undefined && { endAt: moment(endAt) }),
  };
}

/** As the library takes changes: undefined voids. */
function onTheWire(asked: Partial<EditableFields>) {
  const { startAt, endAt, ...rest } = asked;
  const voided = Object.entries(rest).map(([field, value]) => [field, value ?? undefined]);
  const date = (at: string | null) => (at === null ? undefined : new Date(at));
  return {
    ...(Object.fromEntries(voided) as {
      [Field in keyof typeof rest]?: NonNullable<(typeof rest)[Field]>;
    }),
    ...(startAt !== undefined && { startAt: date(startAt) }),
    ...(endAt !== undefined && { endAt: date(endAt) }),
  };
}
