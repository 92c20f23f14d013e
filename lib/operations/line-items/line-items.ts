import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import * as stored from "#lib/db/line-items/line-items.ts";
import { markColumn } from "#lib/db/proof/verify.ts";
import { type LineItem, listLineItems as readLineItems, SCOPE } from "#lib/lti/index.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { BY_CREATION, pageFrom } from "../lists/cursor.ts";
import type { Page } from "../fields.ts";
import { announceOrigins } from "../service-origins/named-origins.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";
import { goneFrom } from "./gone.ts";
import { lineItemEndpoints, usableCourse } from "./endpoints.ts";
import { LineItemFilter, type LineItemsImported, type LineItemView } from "./schema.ts";
import { lineItemView } from "./view.ts";

type CourseId = { courseId: string };

/** Oldest first. */
export async function listLineItems(
  asker: Asker,
  { courseId, ...query }: CourseId & Partial<LineItemFilter>,
): Promise<Page<LineItemView>> {
  const caller = await permit(asker, "read", { courseId });
  const { cursor, limit, ...conditions } = validated(LineItemFilter, query);
  const course = await requiredCourse(caller.db, courseId);
  const after = BY_CREATION.decode(cursor);
  const window = { ...conditions, courseId: course.id, after, limit: limit + 1 };
  const { rows, total } = await stored.listLineItems(caller.db, window);
  const nextCursor = BY_CREATION.encode;
  return pageFrom({ rows, limit, total, nextCursor, view: lineItemView });
}

export async function getLineItem(
  asker: Asker,
  { lineItemId }: { lineItemId: string },
): Promise<LineItemView> {
  const caller = await permit(asker, "read", { lineItemId });
  return lineItemView(await requiredLineItem(caller.db, lineItemId));
}

/**
 * Reads the platform's line items of the course and records them, and marks those that it no
 * longer has.
 *
 * @throws LtiError  the platform refused, or gave no answer
 */
export async function importLineItems(
  asker: Asker,
  { courseId }: CourseId,
): Promise<LineItemsImported> {
  const caller = await permit(asker, "scores:write", { courseId });
  const course = await usableCourse(caller, courseId);
  const endpoints = lineItemEndpoints(course, [SCOPE.lineItemReadonly, SCOPE.lineItem]);
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  const { lineItems, complete } = await connection.call((client) => readLineItems(client));
  const gone = complete ? await goneFrom(caller.db, { course, connection, lineItems }) : [];
  return transaction(caller.db, async (tx) => {
    const usable = lineItems.filter(({ scoreMaximum }) => scoreMaximum > 0);
    const { added, updated } = await stored.upsertLineItems(tx, course.id, usable);
    for (const id of gone) await markColumn(tx, id, true);
    await announceColumns(caller, tx, course, usable);
    const imported = { added, updated, gone: gone.length, complete };
    await audit(tx, caller, {
      action: "line_item.import",
      object: "course",
      objectId: course.id,
      detail: imported,
    });
    await notify(tx, { courseId: course.id, registrationId: course.registrationId });
    return imported;
  });
}

/** Columns at an origin that is new are recorded, and called once it is approved. */
async function announceColumns(
  caller: Caller,
  tx: Db,
  { registrationId: id }: CourseRow,
  columns: readonly LineItem[],
): Promise<void> {
  const { tokenEndpoint } = await tx.prisma.registration.findUniqueOrThrow({ where: { id } });
  const addresses = columns.map(({ url }) => url);
  await announceOrigins(caller, tx, { id, tokenEndpoint }, { addresses, source: "platform" });
}

/** @throws NotFound  no such line item, or no such ID at all */
export async function requiredLineItem(tx: Db, lineItemId: string): Promise<stored.LineItemRow> {
  return byId("line item", lineItemId, (id) => stored.findLineItem(tx, id));
}
