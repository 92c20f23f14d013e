import { Prisma } from "../generated/client.ts";
import type { RowOf, Shape } from "../rows/shape.ts";
import { oneOf, text, timestamptz } from "../rows/types.ts";
import { BLOCK_REASONS } from "./block-reasons.ts";
import { ENGINE_PAUSE } from "./pauses.ts";

/** For `row({ … })`; who paused it, and until when the platform cools down. */
export const syncBlockColumns = {
  syncBlock: oneOf(BLOCK_REASONS).nullable,
  syncBlockBy: text.nullable,
  syncBlockUntil: timestamptz.nullable,
};

export type SyncBlockRow = RowOf<Shape<typeof syncBlockColumns>>;

/** What selects them, over one of the joins below. */
export const SYNC_BLOCK_COLUMNS = Prisma.sql`
  block.reason AS "syncBlock", block.by AS "syncBlockBy", block.until AS "syncBlockUntil"`;

/** Of a course `c` with its `registration` and `deployment`. */
export const SYNC_BLOCK_OF_COURSE = syncBlock({
  registration: "registration",
  isArchived: "c.archived_at IS NOT NULL OR registration.archived_at IS NOT NULL",
  ofCourse: Prisma.sql`
    WHEN c.paused_at IS NOT NULL THEN 'course_paused'`,
  ofDeployment: Prisma.sql`
    WHEN deployment.state <> 'approved' THEN 'deployment_not_approved'`,
  pausedBy: "CASE WHEN c.paused_at IS NOT NULL THEN c.paused_by END",
});

/** Of a registration `r`. */
export const SYNC_BLOCK_OF_REGISTRATION = syncBlock({
  registration: "r",
  isArchived: "r.archived_at IS NOT NULL",
});

function syncBlock(of: {
  registration: string;
  isArchived: string;
  ofDeployment?: Prisma.Sql;
  ofCourse?: Prisma.Sql;
  pausedBy?: string;
}): Prisma.Sql {
  const registration = Prisma.raw(of.registration);
  const isPaused = Prisma.sql`${registration}.paused_at IS NOT NULL`;
  return Prisma.sql`
    LEFT JOIN setting engine_pause ON engine_pause.key = ${ENGINE_PAUSE}
    LEFT JOIN platform_pacing block_flow
      ON block_flow.registration_id = ${registration}.id AND block_flow.not_before > now()
    CROSS JOIN LATERAL (
      SELECT CASE
          WHEN ${Prisma.raw(of.isArchived)} THEN 'archived'
          WHEN ${registration}.state <> 'active' THEN 'not_approved'
          ${of.ofDeployment ?? Prisma.empty}
          WHEN engine_pause.key IS NOT NULL THEN 'everything_paused'
          WHEN ${isPaused} THEN 'registration_paused'
          ${of.ofCourse ?? Prisma.empty}
          WHEN block_flow.not_before IS NOT NULL THEN 'cooling_down'
        END AS reason,
        CASE WHEN engine_pause.key IS NOT NULL THEN engine_pause.value->>'by'
             WHEN ${isPaused} THEN ${registration}.paused_by
             ELSE ${Prisma.raw(of.pausedBy ?? "NULL")} END AS by,
        block_flow.not_before AS until) block`;
}
