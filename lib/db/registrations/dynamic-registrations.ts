import type { Db } from "../client.ts";
import type { Deployment, Prisma, Registration } from "../generated/client.ts";

export type RegisteredFields = Pick<
  Registration,
  | "name"
  | "issuer"
  | "clientId"
  | "tokenEndpoint"
  | "authorizationEndpoint"
  | "jwksUrl"
  | "audience"
  | "audienceValues"
  | "profile"
  | "registeredScopes"
> & { platformFacts: Prisma.InputJsonObject };

/** A registration that the LMS made itself; it waits for approval, as does its deployment. */
export async function insertPendingRegistration(
  db: Db,
  fields: RegisteredFields,
  deploymentId: string | undefined,
): Promise<{ id: string }> {
  const deployments = deploymentId && { create: { deploymentId, state: "pending" as const } };
  return db.prisma.registration.create({
    data: { ...fields, state: "pending", ...(deployments && { deployments }) },
    select: { id: true },
  });
}

/** False where it is in none of these states by now. */
export async function changeRegistrationState(
  db: Db,
  id: string,
  change: { from: Registration["state"][]; to: Registration["state"] },
): Promise<boolean> {
  const where = { id, state: { in: change.from } };
  return (await db.prisma.registration.updateMany({ where, data: { state: change.to } })).count > 0;
}

/** What the platform itself named when it registered us is approved with the registration. */
export async function approvePendingDeployments(db: Db, registrationId: string): Promise<void> {
  await db.prisma.deployment.updateMany({
    where: { registrationId, state: "pending" },
    data: { state: "approved" },
  });
}

export async function findDeployment(
  db: Db,
  id: string,
): Promise<(Deployment & { courseCount: number }) | null> {
  const found = await db.prisma.deployment.findUnique({
    where: { id },
    include: { _count: { select: { courses: { where: { archivedAt: null } } } } },
  });
  if (!found) return null;
  const { _count, ...deployment } = found;
  return { ...deployment, courseCount: _count.courses };
}

export async function setDeploymentState(
  db: Db,
  id: string,
  state: Deployment["state"],
): Promise<void> {
  await db.prisma.deployment.update({ where: { id }, data: { state } });
}
