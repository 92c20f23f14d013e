import { createHash } from "node:crypto";
import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import { markColumn } from "#lib/db/proof/verify.ts";
import * as stored from "#lib/db/line-items/line-items.ts";
import {
  type Endpoints,
  findOrCreateLineItem,
  getLineItem as readLineItem,
  type LineItem,
  listLineItems as readLineItems,
  ResourceGone,
  SCOPE,
  type ServiceClient,
  ServiceNotOffered,
  type WantedLineItem,
} from "#lib/lti/index.ts";
import { originStates } from "#lib/db/registrations/service-origins.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { BY_CREATION, pageFrom } from "../lists/cursor.ts";
import { Conflict, InvalidInput, NotFound } from "../errors.ts";
import type { Page } from "../fields.ts";
import {
  type LineItemAdded,
  LineItemFilter,
  LineItemInput,
  type LineItemsImported,
  type LineItemView,
} from "../scores/schema.ts";
import { announceOrigins } from "../service-origins/named-origins.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";
import { goneFrom } from "./gone.ts";

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
  return pageFrom({ rows, limit, total, nextCursor, view: viewOf });
}

/**
 * Adds a line item to the course. With a URL it is recorded as given; without one it is looked
 * up by resource ID and tag, and created on the platform only if there is none. Calls for the
 * same one at the same time, in any process, make one; what exists is not changed.
 *
 * @throws LtiError  the platform refused, or gave no answer
 */
export async function addLineItem(
  asker: Asker,
  { courseId, ...input }: CourseId & LineItemInput,
): Promise<LineItemAdded> {
  const caller = await permit(asker, "scores:write", { courseId });
  const wanted = validated(LineItemInput, input);
  const course = await usableCourse(caller, courseId);
  if (!wanted.url) return foundOrCreated(caller, course, wanted);
  const added = await store(caller, course, await recorded(caller, course, wanted.url, wanted));
  const view = await getLineItem(caller, { lineItemId: added.id });
  return { ...view, wasCreated: added.isNew, differs: [] };
}

async function store(
  caller: Caller,
  course: CourseRow,
  lineItem: stored.LineItemFields,
): Promise<{ id: string; isNew: boolean }> {
  return transaction(caller.db, async (tx) => {
    const owner = await stored.otherCourseOfLineItem(tx, course, lineItem.url);
    if (owner) {
      // A copied course that still names the columns of its origin would grade there.
      const reason = `this line item belongs to the course ${owner.title}`;
      throw new Conflict(reason, { url: [reason] });
    }
    const { added } = await stored.upsertLineItems(tx, course.id, [lineItem]);
    const row = await stored.findLineItemByUrl(tx, course.id, lineItem.url);
    if (!row) throw new NotFound("line item", lineItem.url);
    const { url, label } = lineItem;
    await audit(tx, caller.actor, {
      action: "line_item.add",
      object: "line_item",
      objectId: row.id,
      detail: { courseId: course.id, url, label },
    });
    await notify(tx, { courseId: course.id, registrationId: course.registrationId });
    return { id: row.id, isNew: added > 0 };
  });
}

export async function getLineItem(
  asker: Asker,
  { lineItemId }: { lineItemId: string },
): Promise<LineItemView> {
  const caller = await permit(asker, "read", { lineItemId });
  return viewOf(await requiredLineItem(caller.db, lineItemId));
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
    await audit(tx, caller.actor, {
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

async function usableCourse(caller: Caller, courseId: string): Promise<CourseRow> {
  const course = await requiredCourse(caller.db, courseId);
  if (course.archivedAt) throw new Conflict("the course is archived, restore it first");
  return course;
}

/** A column is at the origin of the course's own addresses, or at one that is approved. */
async function recorded(
  caller: Caller,
  course: CourseRow,
  url: string,
  input: LineItemInput,
): Promise<stored.LineItemFields> {
  const known = [course.lineItemsUrl, course.lineItemUrl].filter((address) => address !== null);
  if (known.length === 0) throw new ServiceNotOffered("grades");
  const origins = new Set(known.map((address) => new URL(address).origin));
  const { origin } = new URL(url);
  if (origins.has(origin)) return { ...input, url };
  const states = await originStates(caller.db, course.registrationId);
  if (states.get(origin) === "approved") return { ...input, url };
  throw new InvalidInput({
    url: [
      `must be on ${[...origins].join(" or ")}, as the course is, or at an origin that an admin approved for the registration`,
    ],
  });
}

async function foundOrCreated(
  caller: Caller,
  course: CourseRow,
  input: LineItemInput,
): Promise<LineItemAdded> {
  const { label, scoreMaximum, tag } = input;
  const resourceId = input.resourceId || derivedResourceId(course, label);
  const identity = { resourceId, ...(tag && { tag }) };
  const endpoints = lineItemEndpoints(course, [SCOPE.lineItem]);
  const before = await stored.findLineItemByResource(caller.db, course.id, identity);
  const name = `line item ${JSON.stringify([course.id, resourceId, identity.tag ?? null])}`;
  const { id, wasCreated } = await caller.engine.alone(name, async () => {
    const known = await stored.findLineItemByResource(caller.db, course.id, identity);
    // Whoever held the lock before has just made it: nobody need be asked.
    if (known && known.id !== before?.id) return { id: known.id, wasCreated: false };
    const connection = await caller.engine.connect(course.registrationId, endpoints);
    const wanted = { label, scoreMaximum, ...identity };
    const found = await connection.call((client) => lookUpOrCreate(caller, client, wanted, known));
    // A platform that does not repeat the resource ID and tag must not take them from the row.
    const added = await store(caller, course, { ...found.lineItem, ...identity });
    return { id: added.id, wasCreated: found.wasCreated };
  });
  const view = await getLineItem(caller, { lineItemId: id });
  const differs = (["label", "scoreMaximum"] as const).filter(
    (field) => view[field] !== input[field],
  );
  return { ...view, wasCreated, differs };
}

/** The one that is known here, if the platform still has it; else one of its resource ID and tag. */
async function lookUpOrCreate(
  caller: Caller,
  client: ServiceClient,
  wanted: WantedLineItem,
  known: { id: string; url: string } | null,
): Promise<{ lineItem: LineItem; wasCreated: boolean }> {
  if (known) {
    try {
      const lineItem = await readLineItem(client, { lineItemUrl: known.url });
      return { lineItem, wasCreated: false };
    } catch (error) {
      if (!(error instanceof ResourceGone)) throw error;
      await markColumn(caller.db, known.id, true);
    }
  }
  return findOrCreateLineItem(client, wanted);
}

/** The same for the same course and label, so that a call made again finds what the first made. */
function derivedResourceId({ id }: CourseRow, label: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([id, label]))
    .digest("hex");
  return `label-${digest.slice(0, 32)}`;
}

/** The course's grades service under the first of the scopes that the platform announced. */
function lineItemEndpoints(course: CourseRow, usable: readonly string[]): Endpoints {
  const announced = course.scopes.length === 0 ? usable : course.scopes;
  const scope = usable.find((candidate) => announced.includes(candidate));
  if (!scope || !course.lineItemsUrl) throw new ServiceNotOffered("line items");
  return {
    grades: {
      lineItemsUrl: course.lineItemsUrl,
      ...(course.lineItemUrl !== null && { lineItemUrl: course.lineItemUrl }),
      scopes: [scope],
    },
  };
}

function viewOf(row: stored.LineItemRow): LineItemView {
  const { pending, sending, sent, rejected, conflict } = row;
  return {
    id: row.id,
    courseId: row.courseId,
    url: row.url,
    label: row.label,
    scoreMaximum: row.scoreMaximum,
    resourceId: row.resourceId,
    tag: row.tag,
    scores: { pending, sending, sent, rejected, conflict },
    goneAt: row.goneAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
