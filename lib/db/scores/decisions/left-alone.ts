import { Prisma } from "#lib/db/generated/client.ts";

/**
 * Whether a `score s` counts as dealt with although it was not sent: somebody changed it on the
 * platform, and its value stays. It is stored as sent, for nothing is left to do about it.
 */
export const LEFT_ALONE = Prisma.sql`
  (s.state = 'sent' AND s.error_code IS NOT DISTINCT FROM 'sync.changed_on_platform')`;
