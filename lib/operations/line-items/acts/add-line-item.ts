import { hasCode } from "#lib/errors.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import * as stored from "#lib/db/line-items/line-items.ts";
import { originStates } from "#lib/db/registrations/service-origins.ts";
import { markColumn } from "#lib/db/proof/verify.ts";
import {
  findOrCreateLineItem,
  getLineItem as readLineItem,
  type LineItem,
  type ResourceGone,
  SCOPE,
  type ServiceClient,
  ServiceNotOffered,
  type WantedLineItem,
} from "#lib/lti/index.ts";
import { audit } from "#lib/operations/audit/trail.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { Conflict, InvalidInput, NotFound } from "#lib/operations/errors.ts";
import { permit } from "#lib/operations/permit.ts";
import { validated } from "#lib/operations/validated.ts";
import { lineItemEndpoints, usableCourse } from "../endpoints.ts";
import { getLineItem } from "../line-items.ts";
import { derivedResourceId } from "./derived-resource-id.ts";
import { type LineItemAdded, LineItemInput, type LineItemView } from "../schema.ts";

type CourseId = { courseId: string };

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
  const known = await stored.findLineItemByUrl(caller.db, course.id, wanted.url);
  if (known && known.goneAt === null)
    return answer(caller, wanted, { ...known, wasCreated: false });
  const { id, isNew } = await store(
    caller,
    course,
    await recorded(caller, course, wanted.url, wanted),
  );
  return answer(caller, wanted, { id, wasCreated: isNew });
}

/**
 * Records what a tool knows of a line item, by its URL; one that is known here takes over what is
 * given.
 */
export async function recordLineItem(
  asker: Asker,
  { courseId, ...input }: CourseId & LineItemInput & { url: string },
): Promise<LineItemView> {
  const caller = await permit(asker, "scores:write", { courseId });
  const { url = "", ...wanted } = validated(LineItemInput, input);
  const course = await usableCourse(caller, courseId);
  const found = await stored.findLineItemByUrl(caller.db, course.id, url);
  const known = found && (await stored.findLineItem(caller.db, found.id));
  const fields = await recorded(caller, course, url, {
    ...(known && heldFields(known)),
    ...wanted,
  });
  const { id } = await store(caller, course, fields);
  return getLineItem(caller, { lineItemId: id });
}

async function answer(
  caller: Caller,
  asked: LineItemInput,
  { id, wasCreated }: { id: string; wasCreated: boolean },
): Promise<LineItemAdded> {
  const view = await getLineItem(caller, { lineItemId: id });
  const fields = ["label", "scoreMaximum", "resourceId", "tag"] as const;
  const isOtherwise = (field: (typeof fields)[number]) =>
    Boolean(asked[field]) && view[field] !== asked[field];
  return { ...view, wasCreated, differs: fields.filter(isOtherwise) };
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
    await audit(tx, caller, {
      action: "line_item.add",
      object: "line_item",
      objectId: row.id,
      detail: { courseId: course.id, url, label },
    });
    await notify(tx, { courseId: course.id, registrationId: course.registrationId });
    return { id: row.id, isNew: added > 0 };
  });
}

/** A column is at the origin of the course's own addresses, or at one that is approved. */
async function recorded(
  caller: Caller,
  course: CourseRow,
  url: string,
  fields: Omit<stored.LineItemFields, "url">,
): Promise<stored.LineItemFields> {
  const known = [course.lineItemsUrl, course.lineItemUrl].filter((address) => address !== null);
  if (known.length === 0) throw new ServiceNotOffered("grades");
  const origins = new Set(known.map((address) => new URL(address).origin));
  const { origin } = new URL(url);
  if (origins.has(origin)) return { ...fields, url };
  const states = await originStates(caller.db, course.registrationId);
  if (states.get(origin) === "approved") return { ...fields, url };
  throw new InvalidInput({
    url: [
      `must be on ${[...origins].join(" or ")}, as the course is, or at an origin that an admin approved for the registration`,
    ],
  });
}

function heldFields(row: stored.LineItemRow): Omit<stored.LineItemFields, "url"> {
  const { label, scoreMaximum, resourceId, tag, resourceLinkId, startAt, endAt } = row;
  return {
    label,
    scoreMaximum,
    resourceId: resourceId ?? undefined,
    tag: tag ?? undefined,
    resourceLinkId: resourceLinkId ?? undefined,
    startAt: startAt ?? undefined,
    endAt: endAt ?? undefined,
    gradesReleased: row.gradesReleased ?? undefined,
  };
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
  const found = await caller.engine.alone(name, async () => {
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
  return answer(caller, { label, scoreMaximum, ...identity }, found);
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
      if (!hasCode<ResourceGone>(error, "lti.resource_gone")) throw error;
      await markColumn(caller.db, known.id, true);
    }
  }
  return findOrCreateLineItem(client, wanted);
}
