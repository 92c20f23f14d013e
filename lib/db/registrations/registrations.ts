import type { Db } from "../client.ts";
import { Prisma, type Registration } from "../generated/client.ts";
import {
  type ArchivedFilter,
  archivedIs,
  containsText,
  isWithin,
  type Within,
} from "../lists/paging.ts";
import {
  type After,
  inOrderOf,
  type Order,
  scannedPage,
  type SortKey,
  timeOrFirst,
} from "../lists/sorting.ts";
import { type RegistrationRow, registrationRows } from "./registration-row.ts";

export type RegistrationQuery = {
  within?: Within;
  q?: string;
  issuer?: string;
  clientId?: string;
  profile?: string;
  state: Registration["state"] | "all";
  archived: ArchivedFilter;
  order: Order;
  after?: After;
  limit: number;
};

/** What registrations can be ordered by. */
export const REGISTRATION_ORDERS = {
  name: { value: Prisma.sql`r.name`, is: "text" },
  createdAt: { value: Prisma.sql`r.created_at`, is: "time" },
  lastLaunchAt: { value: timeOrFirst(Prisma.sql`r.last_launch_at`), is: "time" },
} satisfies Record<string, SortKey>;

/** The total counts every page; `keys` are the sort keys of the rows. */
export async function listRegistrations(
  db: Db,
  { within, q, issuer, clientId, profile, state, archived, order, after, limit }: RegistrationQuery,
): Promise<{ rows: RegistrationRow[]; keys: After[]; total: number }> {
  const conditions = [
    isWithin(Prisma.sql`r.id`, within),
    archivedIs(Prisma.sql`r.archived_at`, archived),
    issuer !== undefined && Prisma.sql`r.issuer = ${issuer}`,
    clientId !== undefined && Prisma.sql`r.client_id = ${clientId}`,
    profile !== undefined && Prisma.sql`r.profile = ${profile}`,
    state !== "all" && Prisma.sql`r.state = ${state}::registration_state`,
    q !== undefined &&
      containsText([Prisma.sql`r.name`, Prisma.sql`r.issuer`, Prisma.sql`r.client_id`], q),
  ];
  const { keys, total } = await scannedPage(db, {
    from: Prisma.sql`registration r`,
    conditions,
    order,
    id: Prisma.sql`r.id`,
    idIs: "uuid",
    after,
    limit,
  });
  const rows = await registrationRows(
    db,
    keys.map(({ id }) => id),
  );
  return { rows: inOrderOf(keys, rows, ({ id }) => id), keys, total };
}

export async function findRegistration(db: Db, id: string): Promise<RegistrationRow | null> {
  return (await registrationRows(db, [id]))[0] ?? null;
}

export type RegistrationFields = Pick<
  Registration,
  | "name"
  | "profile"
  | "issuer"
  | "clientId"
  | "tokenEndpoint"
  | "authorizationEndpoint"
  | "jwksUrl"
  | "audience"
  | "audienceValues"
  | "assertionTyp"
  | "signsWith"
  | "toolJwksUrl"
> & { profileOverrides: Prisma.InputJsonObject };

/** The new registration, or the one that has this issuer and client ID already. */
export async function insertRegistration(
  db: Db,
  fields: RegistrationFields,
): Promise<{ id: string; isNew: boolean }> {
  const { issuer, clientId } = fields;
  const [made] = await db.prisma.registration.createManyAndReturn({
    data: [fields],
    skipDuplicates: true,
    select: { id: true },
  });
  if (made) return { ...made, isNew: true };
  const known = await registrationOfClient(db, { issuer, clientId });
  return { id: known?.id ?? "", isNew: false };
}

/** Those who edit a registration wait for each other. */
export async function lockRegistration(db: Db, id: string): Promise<void> {
  await db.execute(Prisma.sql`SELECT 1 FROM registration WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
}

export async function registrationOfClient(
  db: Db,
  { issuer, clientId }: Pick<Registration, "issuer" | "clientId">,
): Promise<{ id: string } | null> {
  const key = { issuer_clientId: { issuer, clientId } };
  return db.prisma.registration.findUnique({ where: key, select: { id: true } });
}

/** The names of those that ask for tokens as this client at this token endpoint's host. */
export async function otherRegistrationsOfClient(
  db: Db,
  { clientId, tokenEndpoint }: Pick<Registration, "clientId" | "tokenEndpoint">,
  exceptId?: string,
): Promise<string[]> {
  const found = await db.prisma.registration.findMany({
    where: { clientId, ...(exceptId !== undefined && { id: { not: exceptId } }) },
    select: { name: true, tokenEndpoint: true },
  });
  const { host } = new URL(tokenEndpoint);
  return found.filter((other) => isAt(other.tokenEndpoint, host)).map(({ name }) => name);
}

function isAt(address: string, host: string): boolean {
  return URL.canParse(address) && new URL(address).host === host;
}

/** Whether a registration ever got a token, or has courses. */
export async function hasBeenUsed(db: Db, registrationId: string): Promise<boolean> {
  const one = { where: { registrationId }, select: { id: true } };
  return (
    (await db.prisma.accessToken.findFirst(one)) !== null ||
    (await db.prisma.course.findFirst(one)) !== null
  );
}

export async function updateRegistration(
  db: Db,
  id: string,
  fields: RegistrationFields,
): Promise<void> {
  await db.prisma.registration.update({ where: { id }, data: fields });
}

export async function setRegistrationArchived(
  db: Db,
  id: string,
  archivedAt: Date | null,
): Promise<void> {
  await db.prisma.registration.update({ where: { id }, data: { archivedAt } });
}

/** Adds those that are new and returns their IDs. */
export async function insertDeployments(
  db: Db,
  registrationId: string,
  deployments: readonly { deploymentId: string; label?: string }[],
): Promise<string[]> {
  const created = await db.prisma.deployment.createManyAndReturn({
    data: deployments.map((deployment) => ({ registrationId, ...deployment })),
    skipDuplicates: true,
    select: { id: true },
  });
  return created.map(({ id }) => id);
}

/** The deployment with the platform's ID, recorded if it is new. */
export async function ensureDeployment(
  db: Db,
  registrationId: string,
  deploymentId: string,
): Promise<{ id: string }> {
  await insertDeployments(db, registrationId, [{ deploymentId }]);
  return db.prisma.deployment.findUniqueOrThrow({
    where: { registrationId_deploymentId: { registrationId, deploymentId } },
    select: { id: true },
  });
}

export async function hasUnfinishedRun(
  db: Db,
  target: { registrationId: string } | { courseId: string },
): Promise<boolean> {
  const state = { in: ["queued", "running", "paused"] } satisfies Prisma.RunWhereInput["state"];
  return (
    (await db.prisma.run.findFirst({ where: { ...target, state }, select: { id: true } })) !== null
  );
}

/** Whose key signs for a registration. */
export async function readSignsWith(
  db: Db,
  id: string,
): Promise<Registration["signsWith"] | undefined> {
  const select = { signsWith: true };
  return (await db.prisma.registration.findUnique({ where: { id }, select }))?.signsWith;
}

export async function setSignsWith(
  db: Db,
  id: string,
  signsWith: Registration["signsWith"],
): Promise<void> {
  await db.prisma.registration.update({ where: { id }, data: { signsWith } });
}
