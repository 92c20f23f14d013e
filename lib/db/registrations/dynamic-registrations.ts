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

/** What an LMS says again of a registration that it made or that an operator typed. */
export type RefreshedFields = Pick<
  RegisteredFields,
  "tokenEndpoint" | "authorizationEndpoint" | "jwksUrl" | "registeredScopes" | "platformFacts"
> &
  Partial<Pick<RegisteredFields, "audience" | "audienceValues">>;

/**
 * The same registration as the LMS describes it now. A deployment that it names for the first time
 * waits for approval.
 */
export async function refreshRegistration(
  db: Db,
  { id, state }: Pick<Registration, "id" | "state">,
  fields: RefreshedFields,
  deploymentId: string | undefined,
): Promise<void> {
  await db.prisma.registration.update({ where: { id }, data: { ...fields, state } });
  if (deploymentId === undefined) return;
  await db.prisma.deployment.createMany({
    data: [{ registrationId: id, deploymentId, state: "pending" }],
    skipDuplicates: true,
  });
}

/** The registration of this issuer and client ID, locked. */
export async function lockRegistrationOfClient(
  db: Db,
  { issuer, clientId }: Pick<Registration, "issuer" | "clientId">,
): Promise<Registration | null> {
  await db.execute("SELECT 1 FROM registration WHERE issuer = $1 AND client_id = $2 FOR UPDATE", [
    issuer,
    clientId,
  ]);
  const key = { issuer_clientId: { issuer, clientId } };
  return db.prisma.registration.findUnique({ where: key });
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
