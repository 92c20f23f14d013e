import { z } from "zod";
import { ROUTES } from "./http/routes.ts";
import { PROFILE_NAMES } from "./profile-names.ts";

export const latencySchema = z.union([
  z.number().min(0),
  z.partialRecord(z.enum(ROUTES), z.number().min(0)),
]);

export const platformOptionsSchema = z.strictObject({
  port: z.number().int().min(0).default(0),
  host: z.string().default("127.0.0.1"),
  /** Default: the platform's own URL. */
  issuer: z.string().optional(),
  /** Same seed, same people. */
  seed: z.number().int().min(0).default(1),
  profile: z.enum(PROFILE_NAMES).optional(),
  /** Rows per page when the tool names no limit. */
  pageSize: z.number().int().positive().default(100),
  /** Rows per page at most, whatever limit the tool names. */
  maxPageSize: z.number().int().positive().default(1000),
  tokenLifetimeSec: z.number().positive().default(3600),
  roleStyle: z.enum(["uri", "short"]).default("uri"),
  /** Milliseconds before each answer, for all routes or by route. */
  latencyMs: latencySchema.default(0),
  /** How many of the last requests are kept for reading back. */
  logSize: z.number().int().positive().default(2000),
});

export type PlatformOptions = z.input<typeof platformOptionsSchema>;
export type ResolvedOptions = z.output<typeof platformOptionsSchema>;
