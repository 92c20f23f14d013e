import type { Db } from "#lib/db/client.ts";
import type { NewRun } from "#lib/db/runs/runs.ts";
import { kindOf } from "#lib/sync/index.ts";
import { Conflict, NotFound } from "../errors.ts";

const NOT_APPROVED = "the registration is not approved";

/**
 * All courses of a registration, as the target of one run.
 *
 * @throws NotFound | Conflict  it is archived, not approved, no course of it offers the service, or
 *                              runs of this kind are about one course each
 */
export async function registrationTarget(tx: Db, registrationId: string, kind: NewRun["kind"]) {
  const registration = await tx.prisma.registration.findUnique({ where: { id: registrationId } });
  if (!registration) throw new NotFound("registration", registrationId);
  if (registration.archivedAt) throw new Conflict("the registration is archived");
  if (registration.state !== "active") throw new Conflict(NOT_APPROVED);
  const target = kindOf({ kind }).target.registration;
  if (!target) throw new Conflict("a run of this kind is about one course");
  const where = { registrationId, archivedAt: null, ...target.offered };
  if ((await tx.prisma.course.count({ where })) === 0) throw new Conflict(target.notOffered);
  return { registrationId, courseId: null };
}

/** @throws NotFound | Conflict  it is archived, not approved, or does not offer the service */
export async function courseTarget(tx: Db, courseId: string, kind: NewRun["kind"]) {
  const course = await tx.prisma.course.findUnique({
    where: { id: courseId },
    include: {
      registration: { select: { archivedAt: true, state: true } },
      deployment: { select: { state: true } },
    },
  });
  if (!course) throw new NotFound("course", courseId);
  if (course.archivedAt || course.registration.archivedAt)
    throw new Conflict("the course or its registration is archived");
  if (course.registration.state !== "active") throw new Conflict(NOT_APPROVED);
  if (course.deployment.state !== "approved")
    throw new Conflict("the course's deployment is not approved");
  const { isOffered, notOffered } = kindOf({ kind }).target;
  if (!isOffered(course)) throw new Conflict(notOffered);
  return { registrationId: course.registrationId, courseId: course.id };
}
