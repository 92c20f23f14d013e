import { notify } from "#lib/db/changes.ts";
import type { AuditDetail } from "#lib/db/audit/entries.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import * as stored from "#lib/db/courses/courses.ts";
import {
  ensureDeployment,
  findRegistration,
  hasUnfinishedRun,
} from "#lib/db/registrations/registrations.ts";
import { isUniqueViolation } from "#lib/db/errors.ts";
import { contextAddresses } from "#lib/lti/index.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";
import { courseFields, courseView } from "./view.ts";
import { pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { Conflict, InvalidInput } from "../errors.ts";
import { checkPlatformAddresses } from "../registrations/platform-addresses.ts";
import { announceOrigins } from "../service-origins/named-origins.ts";
import type { Page } from "../fields.ts";
import {
  type CourseChange,
  CourseFilter,
  CourseInput,
  CoursePatch,
  type CourseView,
} from "./schema.ts";
import { merged } from "../partial.ts";
import { validated } from "../validated.ts";
import { checkVersion, type Expected } from "../version.ts";
import { byId } from "../by-id.ts";

type CourseId = { courseId: string };

/** By title, unless `sort` says otherwise. */
export async function listCourses(
  asker: Asker,
  filter: Partial<CourseFilter>,
): Promise<Page<CourseView>> {
  const caller = await permit(asker, "read", "within");
  const { cursor, limit, sort, ...conditions } = validated(CourseFilter, filter);
  const order = orderOf(stored.COURSE_ORDERS, sort);
  const within = registrationsOf(caller.actor);
  const page = { order, after: afterOf(cursor, sort, order), limit: limit + 1 };
  const query = { ...conditions, within, ...page };
  const { rows, keys, total } = await stored.listCourses(caller.db, query);
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  return pageFrom({ rows, limit, total, nextCursor, view: courseView });
}

export async function getCourse(asker: Asker, { courseId }: CourseId): Promise<CourseView> {
  const caller = await permit(asker, "read", { courseId });
  return courseView(await requiredCourse(caller.db, courseId));
}

/** @throws Conflict  the deployment has a course with this context ID */
export async function createCourse(asker: Asker, input: CourseInput): Promise<CourseView> {
  const { registrationId, ...course } = validated(CourseInput, input);
  const caller = await permit(asker, "registrations:write", { registrationId });
  checkPlatformAddresses(caller, contextAddresses(course));
  return writing(caller, async (tx) => {
    await checkRegistration(tx, registrationId);
    const fields = await fieldsOf(tx, registrationId, course);
    await announceAddresses(caller, tx, registrationId, course);
    const { id, isNew } = await stored.insertCourse(tx, { registrationId, ...fields });
    if (!isNew) throw contextTaken(id);
    const { contextId, title } = course;
    await audit(tx, caller, entry("course.create", id, { registrationId, contextId, title }));
    return { id, registrationId };
  });
}

/**
 * Changes the fields that are given; the others keep their values.
 *
 * @throws VersionMismatch  somebody changed the course since the caller read it
 * @throws Conflict         the deployment has another course with this context ID
 */
export async function updateCourse(
  asker: Asker,
  { courseId, ifVersion, ...input }: CourseId & Expected & CoursePatch,
): Promise<CourseView> {
  const caller = await permit(asker, "registrations:write", { courseId });
  const given = validated(CoursePatch, input);
  checkPlatformAddresses(caller, contextAddresses(given));
  return writing(caller, async (tx) => {
    const { id } = await requiredCourse(tx, courseId);
    await stored.lockCourse(tx, id);
    const before = await requiredCourse(tx, id);
    const old = courseFields(before);
    checkVersion({ ifVersion }, old);
    const change = merged(old, given);
    const fields = await fieldsOf(tx, before.registrationId, change);
    const owner = await stored.courseOfContext(tx, fields);
    if (owner && owner.id !== id) throw contextTaken(owner.id);
    await stored.updateCourse(tx, before.id, fields);
    await announceAddresses(caller, tx, before.registrationId, change);
    const changes = changesBetween(old, change);
    await audit(tx, caller, entry("course.update", before.id, { changes }));
    return before;
  });
}

/** @throws Conflict  a sync of the course is under way */
export async function archiveCourse(asker: Asker, { courseId }: CourseId): Promise<CourseView> {
  const caller = await permit(asker, "registrations:write", { courseId });
  return writing(caller, async (tx) => {
    const course = await requiredCourse(tx, courseId);
    if (course.archivedAt) return course;
    if (await hasUnfinishedRun(tx, { courseId: course.id })) {
      throw new Conflict("a sync of this course is under way, cancel it first");
    }
    await stored.setCourseArchived(tx, course.id, caller.now());
    await audit(tx, caller, entry("course.archive", course.id));
    return course;
  });
}

export async function restoreCourse(asker: Asker, { courseId }: CourseId): Promise<CourseView> {
  const caller = await permit(asker, "registrations:write", { courseId });
  return writing(caller, async (tx) => {
    const course = await requiredCourse(tx, courseId);
    if (!course.archivedAt) return course;
    await stored.setCourseArchived(tx, course.id, null);
    await audit(tx, caller, entry("course.restore", course.id));
    return course;
  });
}

/** @throws NotFound  no such course, or no such ID at all */
export async function requiredCourse(tx: Db, courseId: string): Promise<CourseRow> {
  return byId("course", courseId, (id) => stored.findCourse(tx, id));
}

/** An address that somebody enters is called once its origin is approved. */
async function announceAddresses(
  caller: Caller,
  tx: Db,
  id: string,
  course: CourseChange,
): Promise<void> {
  const { tokenEndpoint } = await tx.prisma.registration.findUniqueOrThrow({ where: { id } });
  const addresses = Object.values(contextAddresses(course));
  await announceOrigins(caller, tx, { id, tokenEndpoint }, { addresses, source: "course" });
}

async function checkRegistration(tx: Db, registrationId: string): Promise<void> {
  const registration = await findRegistration(tx, registrationId);
  if (!registration) throw new InvalidInput({ registrationId: ["there is no such registration"] });
  if (registration.archivedAt) {
    const reason = "the registration is archived, restore it first";
    throw new Conflict(reason, { registrationId: [reason] });
  }
}

async function fieldsOf(
  tx: Db,
  registrationId: string,
  change: CourseChange,
): Promise<stored.CourseFields> {
  const deployment = await ensureDeployment(tx, registrationId, change.deploymentId);
  return { ...change, deploymentId: deployment.id, scopes: [...new Set(change.scopes)] };
}

function entry(action: string, objectId: string, detail?: AuditDetail) {
  return { action, object: "course", objectId, detail };
}

/** Writes in one transaction, tells the pages that watch, and answers with what is stored now. */
async function writing(
  caller: Caller,
  write: (tx: Db) => Promise<{ id: string; registrationId: string }>,
): Promise<CourseView> {
  const courseId = await transaction(caller.db, async (tx) => {
    const { id, registrationId } = await write(tx);
    await notify(tx, { courseId: id, registrationId });
    return id;
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    throw contextTaken();
  });
  return getCourse(caller, { courseId });
}

function contextTaken(existingId?: string): Conflict {
  const reason = "the deployment has a course with this context ID";
  return new Conflict(reason, { contextId: [reason] }, existingId);
}
