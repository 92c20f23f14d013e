import { z } from "zod";
import { ROUTES } from "#tests/support/platform/http/routes.ts";

/** Which requests a fault is for, and how often; every field left out means "any". */
export const selection = {
  clientId: z.string().optional(),
  contextId: z.string().optional(),
  /** A line item's URL. */
  lineItem: z.string().optional(),
  userId: z.string().optional(),
  route: z.enum(ROUTES).optional(),
  method: z.enum(["GET", "POST", "PUT", "DELETE"]).optional(),
  /** The first matching request that is hit, counted from 1. */
  from: z.number().int().positive().optional(),
  /** How many requests are hit in all. */
  times: z.number().int().positive().optional(),
  /** Hit only each n-th matching request. */
  every: z.number().int().positive().optional(),
};

export function fault<Kind extends string, Fields extends z.ZodRawShape>(
  kind: Kind,
  fields: Fields,
) {
  return z.strictObject({ ...selection, ...fields, kind: z.literal(kind) });
}
