import { z } from "zod";
import { countsBy, Id, Ids, pageOf, PageQuery, Problem, TimeRange, Timestamp } from "../fields.ts";
import { sortBy } from "../lists/sort.ts";
import { Profile, TokenState } from "../registrations/schema.ts";
import { RunKind, RunState, TokenCase } from "../runs/schema.ts";

/** What every view of a token begins with; the token itself is never shown. */
const TokenFacts = z.object({
  registrationId: Id,
  registrationName: z.string(),
  platform: Profile,
  state: TokenState,
  fingerprint: z.string().nullable().meta({ description: "the start of its SHA-256" }),
  obtainedAt: Timestamp.nullable(),
  expiresAt: Timestamp.nullable(),
  refreshFrom: Timestamp.nullable().meta({
    description: "from then on it is replaced before it is used",
  }),
  lifetimeSeconds: z.number().nullable(),
  scopesGranted: z.number().int().meta({ description: "of those needed" }),
  scopesNeeded: z.number().int().meta({ description: "by courses, or asked for" }),
  missingScopes: z.array(z.string()).meta({
    description: "asked for and not granted, by their short names",
  }),
  runCount: z.number().int().meta({ description: "runs that share the present token" }),
  activeRuns: z.number().int().meta({ description: "of these, those that are running" }),
  processCount: z.number().int().meta({ description: "processes these runs took it in" }),
  reuses: z.number().int().meta({ description: "reuses of the present token" }),
  requestsMade: z.number().int().meta({ description: "token requests in the last 24 hours" }),
  requestsSaved: z.number().int().meta({
    description:
      "requests that sharing a token or swapping endpoints made unnecessary, in the last 24 hours",
  }),
  lastProblem: Problem.extend({ at: Timestamp }).nullable().meta({
    description: "of the latest request that was turned down, however long ago",
  }),
  evictedAt: Timestamp.nullable(),
  evictedReason: z.string().nullable(),
});

export const TokenSummary = TokenFacts.meta({ id: "TokenSummary" });
export type TokenSummary = z.infer<typeof TokenSummary>;

export const TokenFilter = PageQuery.extend({
  ids: Ids,
  q: z.string().max(200).optional().meta({
    description: "the registration’s name or issuer contains",
  }),
  registrationId: Id.optional(),
  state: TokenState.optional(),
  errorCode: z.string().max(100).optional().meta({
    description: "of the latest request that was turned down, however long ago",
  }),
  sort: sortBy(["name", "state", "expiresAt", "requestsSaved", "errorAt"], "name"),
});
export type TokenFilter = z.infer<typeof TokenFilter>;

export const TokenPage = pageOf(TokenSummary);

export const ScopeGrant = z
  .object({
    scope: z.string(),
    shortName: z.string().meta({ example: "score" }),
    isRequested: z.boolean().meta({ description: "by the request of the present token" }),
    isGranted: z.boolean(),
    courses: z.number().int().meta({ description: "courses that may need it" }),
    breaks: z.string().nullable().meta({
      description: "what cannot be done without it, granted or not; null where nothing needs it",
    }),
  })
  .meta({ id: "ScopeGrant" });
export type ScopeGrant = z.infer<typeof ScopeGrant>;

const SharingRun = z
  .object({
    id: Id,
    kind: RunKind,
    state: RunState,
    courseId: Id.nullable(),
    courseTitle: z.string().nullable(),
    case: TokenCase.nullable(),
    firstUsedAt: Timestamp,
    usedUntil: Timestamp.nullable().meta({
      description: "its end, or when it took another token; null while it draws on this one",
    }),
    process: z.string().nullable().meta({ description: "host and process ID, where known" }),
  })
  .meta({ id: "TokenRun" });
export type SharingRun = z.infer<typeof SharingRun>;

/** What is known of a registration's access token. */
export const TokenView = TokenFacts.extend({
  scopes: z.array(ScopeGrant),
  cases: countsBy(TokenCase).meta({
    description: "runs of the last 24 hours by the way in which they came by their token",
  }),
  courseCount: z.number().int().meta({ description: "courses it was used for" }),
  courses: z.array(z.object({ id: Id, title: z.string() })).meta({
    description: "up to 20 of them, by title",
  }),
}).meta({ id: "Token" });
export type TokenView = z.infer<typeof TokenView>;

export const TokenRequestReason = z
  .enum(["first", "expired", "ahead", "forced", "evicted", "missing_scope"])
  .meta({
    id: "TokenRequestReason",
    description:
      "ahead: the one before still served, and work remained; forced: asked for by hand; evicted: the one before was refused or dropped",
  });
export type TokenRequestReason = z.infer<typeof TokenRequestReason>;

export const TokenLife = z
  .object({
    id: Id,
    fingerprint: z.string().meta({ description: "the start of its SHA-256" }),
    reason: TokenRequestReason.nullable().meta({
      description: "why it was asked for; null where that request is no longer on record",
    }),
    obtainedAt: Timestamp,
    expiresAt: Timestamp,
    endedAt: Timestamp.meta({ description: "its expiry, unless something came before that" }),
    end: z.enum(["alive", "expired", "replaced", "evicted"]),
    evictedReason: z.string().nullable(),
    requestedScopes: z.array(z.string()),
    grantedScopes: z.array(z.string()),
    reuses: z.number().int(),
    runCount: z.number().int(),
    runs: z.array(SharingRun).meta({
      description: "runs that drew on it, the latest first; at most 20",
    }),
  })
  .meta({ id: "TokenLife" });
export type TokenLife = z.infer<typeof TokenLife>;

export const TokenLifeFilter = PageQuery.extend({
  ...TimeRange,
  sort: sortBy(["obtainedAt"], "-obtainedAt"),
});
export type TokenLifeFilter = z.infer<typeof TokenLifeFilter>;

export const TokenLifePage = pageOf(TokenLife);

export const TokenRequestView = z
  .object({
    id: z.string(),
    at: Timestamp,
    reason: TokenRequestReason,
    evictedReason: z.string().nullable().meta({
      description: "why the token before was dropped, where that was the reason",
    }),
    requestedScopes: z.array(z.string()),
    grantedScopes: z.array(z.string()),
    expiresAt: Timestamp.nullable(),
    httpStatus: z.number().int().nullable(),
    durationMs: z.number().int(),
    runId: Id.nullable(),
    run: z
      .object({
        kind: RunKind,
        state: RunState,
        courseId: Id.nullable(),
        courseTitle: z.string().nullable(),
      })
      .nullable()
      .meta({ description: "null where it was for no run, or the run is no longer on record" }),
    problem: Problem.nullable(),
  })
  .meta({ id: "TokenRequest" });
export type TokenRequestView = z.infer<typeof TokenRequestView>;

export const TokenRequestFilter = PageQuery.extend({
  ...TimeRange,
  reason: TokenRequestReason.optional(),
  outcome: z.enum(["granted", "refused"]).optional(),
  errorCode: z.string().max(100).optional(),
  sort: sortBy(["at"], "-at"),
});
export type TokenRequestFilter = z.infer<typeof TokenRequestFilter>;

export const TokenRequestPage = pageOf(TokenRequestView);

/** A client assertion as the next token request would carry it, without its signature. */
export const AssertionView = z
  .object({
    tokenEndpoint: z.string(),
    header: z.object({ alg: z.string(), kid: z.string(), typ: z.string() }),
    claims: z.object({
      iss: z.string(),
      sub: z.string(),
      aud: z.array(z.string()).meta({ description: "one is sent as a string, not as a list" }),
      iat: z.number().int(),
      exp: z.number().int(),
      jti: z.string().meta({ description: "another one in every request" }),
    }),
  })
  .meta({ id: "ClientAssertion" });
export type AssertionView = z.infer<typeof AssertionView>;
