import type { Tx } from "#lib/db/client.ts";
import type { NewRun } from "#lib/db/runs/runs.ts";
import { Conflict, NotFound } from "../errors.ts";

const NOT_APPROVED = "the registration is not approved";

/** @throws NotFound | Conflict  it is archived, not approved, or no course of it offers rosters */
export async function registrationTarget(tx: Tx, registrationId: string) {
  const registration = await tx.registration.findUnique({ where: { id: registrationId } });
  if (!registration) throw new NotFound("registration", registrationId);
  if (registration.archivedAt) throw new Conflict("the registration is archived");
  if (registration.state !== "active") throw new Conflict(NOT_APPROVED);
  const offered = await tx.course.count({
    where: { registrationId, archivedAt: null, membershipsUrl: { not: null } },
  });
  if (offered === 0) throw new Conflict("no course of this registration has a memberships URL");
  return { registrationId, courseId: null };
}

/** @throws NotFound | Conflict  it is archived, not approved, or does not offer the service */
export async function courseTarget(tx: Tx, courseId: string, kind: NewRun["kind"]) {
  const course = await tx.course.findUnique({
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
  if (kind === "roster_sync" && !course.membershipsUrl)
    throw new Conflict("the platform did not offer memberships for this course");
  if (kind === "grade_sync" && !course.lineItemsUrl && !course.lineItemUrl)
    throw new Conflict("the platform did not offer grades for this course");
  return { registrationId: course.registrationId, courseId: course.id };
}
