import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/courses.ts";
import * as stored from "#lib/db/scores/line-items.ts";
import {
  type Endpoints,
  findOrCreateLineItem,
  type LineItem,
  listLineItems as readLineItems,
  SCOPE,
  ServiceNotOffered,
} from "#lib/lti/index.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { BY_CREATION, pageFrom } from "../cursor.ts";
import { Conflict, InvalidInput, NotFound } from "../errors.ts";
import type { Page } from "../fields.ts";
import {
  type LineItemAdded,
  LineItemFilter,
  LineItemInput,
  type LineItemsImported,
  type LineItemView,
} from "../scores/schema.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";

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
 * up on the platform by resource ID and tag, and created there only if there is none.
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
  const { lineItem, wasCreated } = wanted.url
    ? { lineItem: recorded(course, wanted.url, wanted), wasCreated: undefined }
    : await foundOrCreated(caller, course, wanted);
  const added = await transaction(caller.db, async (tx) => {
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
  const view = await getLineItem(caller, { lineItemId: added.id });
  return { ...view, wasCreated: wasCreated ?? added.isNew };
}

export async function getLineItem(
  asker: Asker,
  { lineItemId }: { lineItemId: string },
): Promise<LineItemView> {
  const caller = await permit(asker, "read", { lineItemId });
  return viewOf(await requiredLineItem(caller.db, lineItemId));
}

/**
 * Reads the platform's line items of the course and records them.
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
  return transaction(caller.db, async (tx) => {
    const usable = lineItems.filter(({ scoreMaximum }) => scoreMaximum > 0);
    const { added, updated } = await stored.upsertLineItems(tx, course.id, usable);
    await audit(tx, caller.actor, {
      action: "line_item.import",
      object: "course",
      objectId: course.id,
      detail: { added, updated, complete },
    });
    await notify(tx, { courseId: course.id, registrationId: course.registrationId });
    return { added, updated, complete };
  });
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

/** The access token goes nowhere but to the origin of the course's own addresses. */
function recorded(course: CourseRow, url: string, input: LineItemInput): stored.LineItemFields {
  const known = [course.lineItemsUrl, course.lineItemUrl].filter((address) => address !== null);
  if (known.length === 0) throw new ServiceNotOffered("grades");
  const origins = new Set(known.map((address) => new URL(address).origin));
  if (!origins.has(new URL(url).origin)) {
    throw new InvalidInput({ url: [`must be on ${[...origins].join(" or ")}, as the course is`] });
  }
  return { ...input, url };
}

async function foundOrCreated(
  caller: Caller,
  course: CourseRow,
  { label, scoreMaximum, tag, resourceId }: LineItemInput,
): Promise<{ lineItem: LineItem; wasCreated: boolean }> {
  const endpoints = lineItemEndpoints(course, [SCOPE.lineItem]);
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  // Without a resource ID of its own it could never be told from another of the same name.
  const wanted = { label, scoreMaximum, tag, resourceId: resourceId ?? crypto.randomUUID() };
  return connection.call((client) => findOrCreateLineItem(client, wanted));
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
