import type { Db } from "../client.ts";
import { ACTIVE_RUNS, COURSE_HEALTH, type CourseHealth, hasHealth } from "../courses/health.ts";
import { Prisma } from "../generated/client.ts";
import type { Registration } from "../generated/client.ts";
import type { RunState } from "../generated/enums.ts";
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

export type DeploymentRow = {
  id: string;
  deploymentId: string;
  label: string;
  state: "pending" | "approved" | "declined";
  courseCount: number;
  /** As JSON tells a time. */
  lastLaunchAt: string | null;
};

/** How far the platform is to be left alone; times as in JSON. */
export type FlowRow = {
  notBefore: string | null;
  reason: string | null;
  failures: number;
  circuitOpenedAt: string | null;
};

export type RegistrationRow = Registration & {
  deployments: DeploymentRow[];
  courseCount: number;
  degradedCourses: number;
  warningCourses: number;
  healthyCourses: number;
  pausedCourses: number;
  /** What verifications of its courses left, summed; the time is null where there was none. */
  proofTotal: number;
  proofSame: number;
  proofOpen: number;
  proofForeign: number;
  provedAt: Date | null;
  flow: FlowRow | null;
  tokenObtainedAt: Date | null;
  tokenExpiresAt: Date | null;
  tokenEvictedAt: Date | null;
  /** Of the latest token request, where it failed. */
  requestErrorCode: string | null;
  requestErrorMessage: string | null;
  /** The end of the latest run that did anything: one whose every part failed does not count. */
  lastSuccessAt: Date | null;
};

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

async function registrationRows(db: Db, ids: string[]): Promise<RegistrationRow[]> {
  if (ids.length === 0) return [];
  return db.prisma.$queryRaw<RegistrationRow[]>`
    SELECT r.id, r.name, r.issuer, r.client_id AS "clientId",
           r.token_endpoint AS "tokenEndpoint",
           r.authorization_endpoint AS "authorizationEndpoint", r.jwks_url AS "jwksUrl",
           r.audience::text AS audience, r.audience_values AS "audienceValues",
           r.assertion_typ AS "assertionTyp", r.profile,
           r.profile_overrides AS "profileOverrides", r.is_demo AS "isDemo",
           r.state::text AS state, r.registered_scopes AS "registeredScopes",
           r.platform_facts AS "platformFacts", r.last_launch_at AS "lastLaunchAt",
           r.paused_at AS "pausedAt", r.paused_by AS "pausedBy", flow.facts AS flow,
           r.archived_at AS "archivedAt", r.created_at AS "createdAt",
           r.updated_at AS "updatedAt", deployments.list AS deployments,
           coalesce(courses.total, 0) AS "courseCount",
           coalesce(courses.degraded, 0) AS "degradedCourses",
           coalesce(courses.warning, 0) AS "warningCourses",
           coalesce(courses.healthy, 0) AS "healthyCourses",
           coalesce(courses.paused, 0) AS "pausedCourses",
           coalesce(courses.proof_total, 0) AS "proofTotal",
           coalesce(courses.proof_same, 0) AS "proofSame",
           coalesce(courses.proof_open, 0) AS "proofOpen",
           coalesce(courses.proof_foreign, 0) AS "proofForeign", courses.proved_at AS "provedAt",
           token.obtained_at AS "tokenObtainedAt", token.expires_at AS "tokenExpiresAt",
           token.evicted_at AS "tokenEvictedAt", request.error_code AS "requestErrorCode",
           request.error_message AS "requestErrorMessage", success.at AS "lastSuccessAt"
      FROM registration r
      CROSS JOIN LATERAL (${DEPLOYMENTS}) deployments
      LEFT JOIN (${countCourses(ids)}) courses ON courses.registration_id = r.id
      LEFT JOIN LATERAL (
        SELECT obtained_at, expires_at, evicted_at FROM access_token
         WHERE registration_id = r.id ORDER BY obtained_at DESC LIMIT 1) token ON true
      LEFT JOIN LATERAL (
        SELECT error_code, error_message FROM token_request
         WHERE registration_id = r.id ORDER BY id DESC LIMIT 1) request ON true
      CROSS JOIN LATERAL (
        SELECT greatest(${lastRunIn("succeeded")}, ${lastRunIn("partly_succeeded")}) AS at) success
      LEFT JOIN LATERAL (${FLOW}) flow ON true
     WHERE r.id = ANY (${ids}::uuid[])
     ORDER BY r.name, r.id`;
}

/** When the latest run that ended this way did; each state has an index in this order. */
function lastRunIn(state: RunState): Prisma.Sql {
  return Prisma.sql`(
    SELECT finished_at FROM run WHERE registration_id = r.id AND state = ${state}::run_state
     ORDER BY created_at DESC LIMIT 1)`;
}

const DEPLOYMENTS = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('id', d.id, 'deploymentId', d.deployment_id,
           'label', d.label, 'state', d.state, 'courseCount', counted.courses,
           'lastLaunchAt', d.last_launch_at) ORDER BY d.created_at, d.id), '[]')
         AS list
    FROM deployment d
    CROSS JOIN LATERAL (
      SELECT count(*) AS courses FROM course WHERE deployment_id = d.id AND archived_at IS NULL
    ) counted
   WHERE d.registration_id = r.id`;

const FLOW = Prisma.sql`
  SELECT json_build_object('notBefore', f.not_before, 'reason', f.reason,
           'failures', f.failures, 'circuitOpenedAt', f.circuit_opened_at) AS facts
    FROM platform_flow f
   WHERE f.registration_id = r.id AND (f.not_before > now() OR f.circuit_opened_at IS NOT NULL)`;

// Grouped by the reason, which is told once for each course that way.
function countCourses(registrationIds: string[]): Prisma.Sql {
  const sumOf = (health: CourseHealth) =>
    Prisma.sql`coalesce(sum(courses) FILTER (WHERE ${hasHealth(health, Prisma.sql`reason`)}), 0)::int`;
  return Prisma.sql`
    SELECT registration_id, sum(courses)::int AS total, ${sumOf("degraded")} AS degraded,
           ${sumOf("warning")} AS warning, ${sumOf("healthy")} AS healthy,
           ${sumOf("paused")} AS paused, sum(proof_total)::int AS proof_total,
           sum(proof_same)::int AS proof_same, sum(proof_open)::int AS proof_open,
           sum(proof_foreign)::int AS proof_foreign, max(proved_at) AS proved_at
      FROM (
        SELECT c.registration_id, health.reason, count(*) AS courses,
               sum(c.proof_total) AS proof_total, sum(c.proof_same) AS proof_same,
               sum(c.proof_open) AS proof_open, sum(c.proof_foreign) AS proof_foreign,
               max(c.proved_at) AS proved_at
          FROM course c ${ACTIVE_RUNS} ${COURSE_HEALTH}
         WHERE c.registration_id = ANY (${registrationIds}::uuid[]) AND c.archived_at IS NULL
         GROUP BY c.registration_id, health.reason) by_reason
     GROUP BY registration_id`;
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
  await db.prisma.$queryRaw`SELECT 1 FROM registration WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}

export async function registrationOfClient(
  db: Db,
  { issuer, clientId }: Pick<Registration, "issuer" | "clientId">,
): Promise<{ id: string } | null> {
  const key = { issuer_clientId: { issuer, clientId } };
  return db.prisma.registration.findUnique({ where: key, select: { id: true } });
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
