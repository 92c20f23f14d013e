import { hasCode } from "#lib/errors.ts";
import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import * as deletion from "#lib/db/line-items/deletion.ts";
import type { LineItemRow } from "#lib/db/line-items/line-items.ts";
import { plural } from "#lib/format.ts";
import {
  CoupledLineItem,
  deleteLineItem as deleteOnPlatform,
  getLineItem as readLineItem,
  type LineItem,
  type PlatformUnavailable,
  type ResourceGone,
  SCOPE,
  type ServiceClient,
} from "#lib/lti/index.ts";
import { audit } from "#lib/operations/audit/trail.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { ColumnDeleted, Conflict, InvalidInput } from "#lib/operations/errors.ts";
import { permitProven } from "#lib/operations/permit.ts";
import { validated } from "#lib/operations/validated.ts";
import { checkVersion, type Expected } from "#lib/operations/version.ts";
import { lineItemEndpoints, usableCourse } from "../endpoints.ts";
import { requiredLineItem } from "../line-items.ts";
import { type LineItemDeleted, LineItemDeletion } from "../schema.ts";
import { editableFields } from "../view.ts";

/**
 * Deletes a line item on the platform, with the grades it holds there. Here its scores and their
 * history stay; those that wait are refused.
 *
 * @throws InvalidInput     `confirm` is not the line item's label; says how many scores it holds
 * @throws CoupledLineItem  it belongs to a link of the course, and `coupled` does not say so
 * @throws ScopeMismatch    the platform does not let the tool delete line items
 * @throws LtiError         the platform refused, or gave no answer
 */
export async function deleteLineItem(
  asker: Asker,
  {
    lineItemId,
    ifVersion,
    ...input
  }: { lineItemId: string } & Expected & Partial<LineItemDeletion>,
): Promise<LineItemDeleted> {
  const caller = await permitProven(asker, "scores:write", { lineItemId });
  const { id, courseId } = await requiredLineItem(caller.db, lineItemId);
  const { confirm, coupled } = validated(LineItemDeletion, input);
  return caller.engine.alone(`change of line item ${id}`, async () => {
    const row = await requiredLineItem(caller.db, id);
    if (row.deletedBy !== null) throw new Conflict("the line item was deleted before");
    checkVersion({ ifVersion }, editableFields(row));
    checkName(row, confirm);
    const course = await usableCourse(caller, courseId);
    const { wasGone, wasCoupled } = await removed(caller, course, { row, coupled });
    const refused = await forget(caller, course, { row, wasCoupled });
    return { id, label: row.label, scores: scoresOf(row), refused, wasGone };
  });
}

/** What has to be typed: the label, or the address of one without a label. */
function nameOf({ label, url }: Pick<LineItemRow, "label" | "url">): string {
  return label.trim() || url;
}

function scoresOf({ pending, sending, sent, rejected, conflict }: LineItemRow): number {
  return pending + sending + sent + rejected + conflict;
}

function checkName(row: LineItemRow, typed: string | undefined): void {
  const name = nameOf(row);
  if (typed?.trim() === name) return;
  const waiting = row.pending + row.conflict;
  const holds = `it holds ${plural(scoresOf(row), "score")}, of which ${waiting} wait`;
  throw new InvalidInput({ confirm: [`must be the name “${name}”: ${holds}`] });
}

type Removing = { row: LineItemRow; coupled: boolean };

async function removed(caller: Caller, course: CourseRow, { row, coupled }: Removing) {
  const endpoints = lineItemEndpoints(course, [SCOPE.lineItem], row.url);
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  return connection.call(async (client) => {
    const item = await readIfThere(client, row.url);
    const wasCoupled = isCoupled(course, row, item);
    if (wasCoupled && !coupled && item) throw new CoupledLineItem(row.url);
    if (item) await deleteSurely(client, row.url);
    return { wasGone: item === null, wasCoupled };
  });
}

/** A deletion whose answer was lost is looked up: what is there no longer was deleted. */
async function deleteSurely(client: ServiceClient, lineItemUrl: string): Promise<void> {
  try {
    await deleteOnPlatform(client, { lineItemUrl, force: true });
  } catch (error) {
    if (hasCode<ResourceGone>(error, "lti.resource_gone") && error.isCertain) return;
    const isUnsure = hasCode<PlatformUnavailable>(error, "lti.platform_unavailable");
    if (!isUnsure || (await readIfThere(client, lineItemUrl)) !== null) throw error;
  }
}

async function readIfThere(client: ServiceClient, lineItemUrl: string): Promise<LineItem | null> {
  try {
    return await readLineItem(client, { lineItemUrl });
  } catch (error) {
    if (hasCode<ResourceGone>(error, "lti.resource_gone") && error.isCertain) return null;
    throw error;
  }
}

/** By what the platform says, what an import read, or what the course's launch named as its own. */
function isCoupled({ lineItemUrl }: CourseRow, row: LineItemRow, item: LineItem | null): boolean {
  const link = item?.resourceLinkId ?? row.resourceLinkId;
  return (link !== null && link !== undefined) || lineItemUrl === row.url;
}

/** Answers with how many scores waited, and are refused. */
async function forget(
  caller: Caller,
  { id: courseId, registrationId }: CourseRow,
  { row, wasCoupled }: { row: LineItemRow; wasCoupled: boolean },
): Promise<number> {
  const { id, url, label } = row;
  const by = actorName(caller.actor);
  return transaction(caller.db, async (tx) => {
    await deletion.markDeleted(tx, id, by);
    const refused = await deletion.refuseWaiting(tx, id, new ColumnDeleted(nameOf(row), by));
    await deletion.renewProvedAt(tx, courseId);
    await audit(tx, caller, {
      action: "line_item.delete",
      object: "line_item",
      objectId: id,
      detail: { courseId, url, label, scores: scoresOf(row), refused, wasCoupled },
    });
    await notify(tx, { courseId, registrationId });
    return refused;
  });
}
