import { z } from "zod";
import { Id, Problem, Timestamp } from "../fields.ts";
import { TokenState } from "../registrations/schema.ts";
import { RunKind, RunState, TokenCase } from "../runs/schema.ts";

export const ScopeGrant = z
  .object({
    scope: z.string(),
    shortName: z.string().meta({ example: "score" }),
    state: z.enum(["granted", "missing", "not_requested"]),
    /** What cannot be done without it; null when it is granted. */
    breaks: z.string().nullable(),
  })
  .meta({ id: "ScopeGrant" });
export type ScopeGrant = z.infer<typeof ScopeGrant>;

export const TokenRequestView = z
  .object({
    id: z.string(),
    at: Timestamp,
    reason: z.enum(["first", "expired", "ahead", "forced", "evicted", "missing_scope"]),
    requestedScopes: z.array(z.string()),
    grantedScopes: z.array(z.string()),
    expiresAt: Timestamp.nullable(),
    httpStatus: z.number().int().nullable(),
    durationMs: z.number().int(),
    runId: Id.nullable(),
    problem: Problem.nullable(),
  })
  .meta({ id: "TokenRequest" });
export type TokenRequestView = z.infer<typeof TokenRequestView>;

/** What is known of a registration's access token; the token itself is never shown. */
export const TokenView = z
  .object({
    registrationId: Id,
    registrationName: z.string(),
    state: TokenState,
    fingerprint: z.string().nullable(),
    obtainedAt: Timestamp.nullable(),
    expiresAt: Timestamp.nullable(),
    /** From then on it is replaced before it is used. */
    refreshFrom: Timestamp.nullable(),
    lifetimeSeconds: z.number().nullable(),
    scopes: z.array(ScopeGrant),
    requestsMade: z.number().int().meta({ description: "token requests in the last 24 hours" }),
    requestsSaved: z.number().int().meta({
      description:
        "requests that sharing a token or swapping endpoints made unnecessary, in the last 24 hours",
    }),
    reuses: z.number().int().meta({ description: "reuses of the present token" }),
    cases: z.record(TokenCase, z.number().int()).meta({
      description: "runs of the last 24 hours by the way in which they came by their token",
    }),
    sharedBy: z
      .object({
        courseCount: z.number().int(),
        courses: z.array(z.object({ id: Id, title: z.string() })),
        runCount: z.number().int(),
        runs: z.array(
          z.object({
            id: Id,
            kind: RunKind,
            state: RunState,
            courseId: Id.nullable(),
            courseTitle: z.string().nullable(),
            case: TokenCase.nullable(),
            startedAt: Timestamp,
          }),
        ),
      })
      .meta({ description: "who uses the present token; the lists hold up to 20 each" }),
    lastProblem: Problem.extend({ at: Timestamp }).nullable(),
    evictedAt: Timestamp.nullable(),
    evictedReason: z.string().nullable(),
    history: z
      .array(TokenRequestView)
      .meta({ description: "the latest 20 requests, newest first" }),
  })
  .meta({ id: "Token" });
export type TokenView = z.infer<typeof TokenView>;

export const TokenList = z.object({ items: z.array(TokenView) });
