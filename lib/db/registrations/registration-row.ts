import { z } from "zod";
import type { Db } from "../client.ts";
import { ACTIVE_RUNS, COURSE_HEALTH, type CourseHealth, hasHealth } from "../courses/health.ts";
import { Prisma } from "../generated/client.ts";
import {
  DeploymentState,
  RegistrationState,
  type RunState,
  ServiceOriginState,
} from "../generated/enums.ts";
import { assertionAudience, registrationState, signsWith } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import {
  SYNC_BLOCK_COLUMNS,
  SYNC_BLOCK_OF_REGISTRATION,
  syncBlockColumns,
} from "../system/sync-block.ts";
import { LATEST_TOKEN, TOKEN_STATE, tokenStateColumn } from "../tokens/state.ts";
import { array, bool, int4, json, jsonb, text, timestamptz, uuid } from "../rows/types.ts";

const deployments = z.array(
  z.strictObject({
    id: z.string(),
    deploymentId: z.string(),
    label: z.string(),
    state: z.enum(DeploymentState),
    courseCount: z.int(),
    /** As JSON writes a time. */
    lastLaunchAt: z.string().nullable(),
  }),
);

export type DeploymentRow = z.output<typeof deployments>[number];

/** Times as in JSON. */
const serviceOrigins = z.array(
  z.strictObject({
    id: z.string(),
    origin: z.string(),
    state: z.enum(ServiceOriginState),
    source: z.string(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    createdAt: z.string(),
  }),
);

/** Other registrations of the same issuer. */
const sameIssuer = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    clientId: z.string(),
    state: z.enum(RegistrationState),
  }),
);

/** How far the platform is to be left alone; times as in JSON. */
const flow = z.strictObject({
  notBefore: z.string().nullable(),
  reason: z.string().nullable(),
  failures: z.int(),
  circuitOpenedAt: z.string().nullable(),
});

export type FlowRow = z.output<typeof flow>;

const registrationRow = row({
  id: uuid,
  name: text,
  issuer: text,
  clientId: text,
  tokenEndpoint: text,
  authorizationEndpoint: text,
  jwksUrl: text,
  audience: assertionAudience,
  audienceValues: array(text),
  assertionTyp: text,
  signsWith,
  toolJwksUrl: text.nullable,
  state: registrationState,
  registeredScopes: array(text),
  platformFacts: jsonb(z.json()).nullable,
  profile: text,
  profileOverrides: jsonb(z.json()),
  isDemo: bool,
  pausedAt: timestamptz.nullable,
  pausedBy: text.nullable,
  lastLaunchAt: timestamptz.nullable,
  archivedAt: timestamptz.nullable,
  createdAt: timestamptz,
  updatedAt: timestamptz,
  deployments: json(deployments),
  serviceOrigins: json(serviceOrigins),
  /** Of one that waits for approval; archived ones do not count. */
  sameIssuer: json(sameIssuer),
  courseCount: int4,
  degradedCourses: int4,
  /** Of the degraded ones: removals wait for a decision. */
  heldCourses: int4,
  warningCourses: int4,
  healthyCourses: int4,
  pausedCourses: int4,
  /** What is proven of its courses, summed; the time is null where nothing was verified. */
  proofTotal: int4,
  proofSame: int4,
  proofOpen: int4,
  proofForeign: int4,
  provedAt: timestamptz.nullable,
  flow: json(flow).nullable,
  tokenState: tokenStateColumn,
  tokenExpiresAt: timestamptz.nullable,
  /** Of the latest token request, where it failed. */
  requestErrorCode: text.nullable,
  requestErrorMessage: text.nullable,
  /** The end of the latest run that did anything: one whose every part failed does not count. */
  lastSuccessAt: timestamptz.nullable,
  ...syncBlockColumns,
});

export type RegistrationRow = RowOf<typeof registrationRow>;

/** Registrations by their IDs, with what is shown beside each. */
export async function registrationRows(db: Db, ids: string[]): Promise<RegistrationRow[]> {
  if (ids.length === 0) return [];
  return db.rows(
    registrationRow,
    Prisma.sql`
    SELECT r.id, r.name, r.issuer, r.client_id AS "clientId",
           r.token_endpoint AS "tokenEndpoint",
           r.authorization_endpoint AS "authorizationEndpoint", r.jwks_url AS "jwksUrl",
           r.audience, r.audience_values AS "audienceValues",
           r.assertion_typ AS "assertionTyp", r.signs_with AS "signsWith",
           r.tool_jwks_url AS "toolJwksUrl", r.profile,
           r.profile_overrides AS "profileOverrides", r.is_demo AS "isDemo",
           r.state, r.registered_scopes AS "registeredScopes",
           r.platform_facts AS "platformFacts", r.last_launch_at AS "lastLaunchAt",
           r.paused_at AS "pausedAt", r.paused_by AS "pausedBy", flow.facts AS flow,
           r.archived_at AS "archivedAt", r.created_at AS "createdAt",
           r.updated_at AS "updatedAt", deployments.list AS deployments,
           origins.list AS "serviceOrigins",
           same_issuer.list AS "sameIssuer",
           coalesce(courses.total, 0) AS "courseCount",
           coalesce(courses.degraded, 0) AS "degradedCourses",
           coalesce(courses.held, 0) AS "heldCourses",
           coalesce(courses.warning, 0) AS "warningCourses",
           coalesce(courses.healthy, 0) AS "healthyCourses",
           coalesce(courses.paused, 0) AS "pausedCourses",
           coalesce(courses.proof_total, 0) AS "proofTotal",
           coalesce(courses.proof_same, 0) AS "proofSame",
           coalesce(courses.proof_open, 0) AS "proofOpen",
           coalesce(courses.proof_foreign, 0) AS "proofForeign", courses.proved_at AS "provedAt",
           ${TOKEN_STATE} AS "tokenState", token.expires_at AS "tokenExpiresAt",
           request.error_code AS "requestErrorCode",
           request.error_message AS "requestErrorMessage", success.at AS "lastSuccessAt",
           ${SYNC_BLOCK_COLUMNS}
      FROM registration r
      CROSS JOIN LATERAL (${DEPLOYMENTS}) deployments
      CROSS JOIN LATERAL (${SERVICE_ORIGINS}) origins
      CROSS JOIN LATERAL (${SAME_ISSUER}) same_issuer
      LEFT JOIN (${countCourses(ids)}) courses ON courses.registration_id = r.id
      ${LATEST_TOKEN}
      CROSS JOIN LATERAL (
        SELECT greatest(${lastRunIn("succeeded")}, ${lastRunIn("partly_succeeded")}) AS at) success
      LEFT JOIN LATERAL (${FLOW}) flow ON true
      ${SYNC_BLOCK_OF_REGISTRATION}
     WHERE r.id = ANY (${ids}::uuid[])
     ORDER BY r.name, r.id`,
  );
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

// What waits comes first.
const SERVICE_ORIGINS = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('id', o.id, 'origin', o.origin, 'state', o.state,
           'source', o.source, 'decidedBy', o.decided_by, 'decidedAt', o.decided_at,
           'createdAt', o.created_at) ORDER BY o.state, o.origin), '[]') AS list
    FROM service_origin o
   WHERE o.registration_id = r.id`;

const SAME_ISSUER = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('id', other.id, 'name', other.name,
           'clientId', other.client_id, 'state', other.state)
           ORDER BY other.created_at, other.id), '[]') AS list
    FROM registration other
   WHERE r.state = 'pending' AND other.issuer = r.issuer AND other.id <> r.id
     AND other.archived_at IS NULL`;

const FLOW = Prisma.sql`
  SELECT json_build_object('notBefore', f.not_before, 'reason', f.reason,
           'failures', f.failures, 'circuitOpenedAt', f.circuit_opened_at) AS facts
    FROM platform_pacing f
   WHERE f.registration_id = r.id AND (f.not_before > now() OR f.circuit_opened_at IS NOT NULL)`;

// Grouped by the reason, which is computed once for each course that way.
function countCourses(registrationIds: string[]): Prisma.Sql {
  const sumOf = (health: CourseHealth) =>
    Prisma.sql`coalesce(sum(courses) FILTER (WHERE ${hasHealth(health, Prisma.sql`reason`)}), 0)::int`;
  return Prisma.sql`
    SELECT registration_id, sum(courses)::int AS total, ${sumOf("degraded")} AS degraded,
           coalesce(sum(courses) FILTER (WHERE reason = 'roster_held'), 0)::int AS held,
           ${sumOf("warning")} AS warning, ${sumOf("healthy")} AS healthy,
           ${sumOf("paused")} AS paused, sum(proof_total)::int AS proof_total,
           sum(proof_same)::int AS proof_same, sum(proof_open)::int AS proof_open,
           sum(proof_foreign)::int AS proof_foreign, max(proved_at) AS proved_at
      FROM (
        SELECT c.registration_id, health.reason, count(*) AS courses,
               sum(proof.total) AS proof_total, sum(proof.same) AS proof_same,
               sum(proof.open) AS proof_open, sum(proof.not_ours) AS proof_foreign,
               max(c.proved_at) AS proved_at
          FROM course c ${ACTIVE_RUNS} ${COURSE_HEALTH}
         WHERE c.registration_id = ANY (${registrationIds}::uuid[]) AND c.archived_at IS NULL
         GROUP BY c.registration_id, health.reason) by_reason
     GROUP BY registration_id`;
}
