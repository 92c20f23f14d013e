import { TEACHING_ASSISTANT, type Standing } from "#lib/lti/index.ts";
import { Prisma } from "../generated/client.ts";

export type { Standing };

// The two principal roles and their sub-roles, such as …/membership/Instructor#Grader.
const LEARNER = "membership(#Learner$|/Learner#)";
const INSTRUCTOR = "membership(#Instructor$|/Instructor#)";

const ROLES = Prisma.sql`m.roles`;
const LAUNCH_ROLES = Prisma.sql`m.launch_roles`;

function holds(pattern: string, roles = ROLES): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM unnest(${roles}) AS role WHERE role ~* ${pattern})`;
}

/** As `standingOf` decides it (lib/lti/roles.ts), of a `membership m`. */
const IS_ASSISTANT = Prisma.sql`(
  ${holds(TEACHING_ASSISTANT)} OR ${holds(TEACHING_ASSISTANT, LAUNCH_ROLES)}
  OR (${holds(LEARNER)} AND NOT ${holds(INSTRUCTOR)} AND ${holds(INSTRUCTOR, LAUNCH_ROLES)}))`;

const STANDINGS: Record<Standing, Prisma.Sql> = {
  assistant: IS_ASSISTANT,
  instructor: Prisma.sql`(${holds(INSTRUCTOR)} AND NOT ${IS_ASSISTANT})`,
  learner: Prisma.sql`(${holds(LEARNER)} AND NOT ${holds(INSTRUCTOR)} AND NOT ${IS_ASSISTANT})`,
  other: Prisma.sql`NOT (${holds(LEARNER)} OR ${holds(INSTRUCTOR)} OR ${IS_ASSISTANT})`,
};

export function hasStanding(standing: Standing): Prisma.Sql {
  return STANDINGS[standing];
}

/** Those of these people whom platforms take for teachers, and refuse scores for. */
export const TEACHES = Prisma.sql`(${holds(INSTRUCTOR)} OR ${IS_ASSISTANT})`;
