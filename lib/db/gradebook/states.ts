import { Prisma } from "../generated/client.ts";
import { LEFT_ALONE } from "../scores/decisions/left-alone.ts";

export type GradebookState = "sent" | "waiting" | "rejected" | "proven" | "differs";

/** Of a `score s`; a score refused or waiting is that, whatever an earlier verification found. */
export const IN_STATE: Record<GradebookState, Prisma.Sql> = {
  waiting: Prisma.sql`s.state IN ('pending', 'sending')`,
  rejected: Prisma.sql`s.state = 'rejected'`,
  proven: Prisma.sql`s.state = 'sent' AND s.proof = 'same'`,
  differs: Prisma.sql`(s.state = 'conflict'
    OR (s.state = 'sent' AND s.proof IN ('differs', 'missing')))`,
  sent: Prisma.sql`s.state = 'sent' AND NOT ${LEFT_ALONE}
    AND (s.proof IS NULL OR s.proof = 'unreadable')`,
};
