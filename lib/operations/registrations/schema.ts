import { z } from "zod";
import { PLATFORM_KEYS } from "#lib/platforms/index.ts";
import { ProfileOverrides } from "#lib/platforms/profile.ts";
import { KeptProof } from "../courses/schema.ts";
import { Health, Id, PageQuery, pageOf, Timestamp, Version } from "../fields.ts";
import { sortBy } from "../lists/sort.ts";
import { nonEmpty, partialOf } from "../partial.ts";
import { SyncBlock } from "../system/sync-block.ts";
import { ServiceOriginView } from "../service-origins/schema.ts";

export const Profile = z.enum(PLATFORM_KEYS).meta({ id: "PlatformProfile" });
export type Profile = z.infer<typeof Profile>;

export const AssertionAudience = z
  .enum(["token_endpoint", "issuer", "custom"])
  .meta({ id: "AssertionAudience", description: "what the client assertion's `aud` is" });

export const AssertionTyp = z.enum(["JWT", "client-authentication+jwt"]).meta({
  id: "AssertionTyp",
  description: "the client assertion's `typ` header; the second for servers of RFC 10070",
});
export type AssertionTyp = z.infer<typeof AssertionTyp>;

export const SignsWith = z.enum(["own_key_set", "tool_key_set", "imported_key"]).meta({
  id: "SignsWith",
  description:
    "own_key_set: our key, and the LMS reads our key set; tool_key_set: our key, which the tool adds to its own key set; imported_key: the tool's key, imported",
});
export type SignsWith = z.infer<typeof SignsWith>;

const url = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `${what} is required`)
    .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
      message: `${what} must be a full address such as https://lms.example.edu/…`,
    })
    .refine((value) => !URL.canParse(value) || isBare(new URL(value)), {
      message: `${what} has no user name or password in it`,
    });

const isBare = ({ username, password }: URL) => username === "" && password === "";

export const RegistrationInput = z
  .object({
    name: z.string().trim().min(1, "name is required").max(200),
    profile: Profile.default("other"),
    issuer: url("issuer").refine((value) => !/[?#]/.test(value), {
      message: "issuer has no query and no fragment (Security Framework 1.0 §5.1.2)",
    }),
    clientId: z.string().trim().min(1, "client ID is required").max(255),
    tokenEndpoint: url("token endpoint"),
    authorizationEndpoint: url("authorization endpoint"),
    jwksUrl: url("JWKS URL"),
    audience: AssertionAudience.default("token_endpoint"),
    audienceValues: z
      .array(z.string().trim().min(1).max(2000))
      .max(10)
      .default([])
      .meta({ description: "the audience when it is `custom`; several are sent as a list" }),
    assertionTyp: AssertionTyp.default("JWT"),
    signsWith: SignsWith.default("own_key_set"),
    toolJwksUrl: url("JWKS URL of the tool").nullable().default(null).meta({
      description:
        "the key set that the LMS reads, where it is another tool's; null where it reads ours, or was given the tool's public key itself",
    }),
    profileOverrides: ProfileOverrides.default({}),
    deploymentIds: z
      .array(z.string().trim().min(1).max(255))
      .max(500)
      .default([])
      .meta({ description: "deployment IDs of this registration" }),
    confirmsDestination: z.boolean().default(false).meta({
      description:
        "that token endpoint and audience are meant, where 409 `operation.confirmation_needed` asks; needs `admin`",
    }),
  })
  .refine((input) => input.audience !== "custom" || input.audienceValues.length > 0, {
    path: ["audienceValues"],
    message: "a custom audience needs at least one value",
  })
  .refine((input) => input.signsWith !== "tool_key_set" || input.toolJwksUrl !== null, {
    path: ["toolJwksUrl"],
    message: "give the JWKS URL of the tool, which the LMS reads",
  })
  .refine(hasOneIssuer, {
    path: ["audience"],
    message: "client-authentication+jwt takes the issuer as its only audience (RFC 10070)",
  })
  .meta({ id: "RegistrationInput" });
export type RegistrationInput = z.infer<typeof RegistrationInput>;

export const RegistrationPatch = nonEmpty(partialOf(RegistrationInput)).meta({
  id: "RegistrationPatch",
});
export type RegistrationPatch = z.infer<typeof RegistrationPatch>;

/** The issuer of an authorization server may be another than the platform's: a custom audience. */
function hasOneIssuer(input: {
  assertionTyp: AssertionTyp;
  audience: z.infer<typeof AssertionAudience>;
  audienceValues: string[];
}): boolean {
  if (input.assertionTyp === "JWT" || input.audience === "issuer") return true;
  return input.audience === "custom" && input.audienceValues.length <= 1;
}

const DeploymentView = z
  .object({
    id: Id,
    deploymentId: z.string(),
    label: z.string(),
    state: z.enum(["pending", "approved", "declined"]).meta({
      description: "pending: a launch named it, and nobody has approved it yet",
    }),
    courseCount: z.number().int(),
    lastLaunchAt: Timestamp.nullable(),
  })
  .meta({ id: "Deployment" });

export const TokenState = z
  .enum(["none", "valid", "expiring", "expired", "evicted", "refused"])
  .meta({ id: "TokenState", description: "refused: the last token request was turned down" });
export type TokenState = z.infer<typeof TokenState>;

const RegistrationState = z.enum(["pending", "active", "declined"]).meta({
  id: "RegistrationState",
  description: "pending: registered by the LMS itself, waiting for approval",
});

const PlatformFacts = z
  .object({
    family: z.string().nullable(),
    version: z.string().nullable(),
    messageTypes: z.array(z.string()),
    noticeTypes: z.array(z.string()),
    scopesSupported: z.array(z.string()),
  })
  .meta({ id: "PlatformFacts", description: "what Dynamic Registration said of the platform" });

const PlatformPacing = z
  .object({
    coolingDownUntil: Timestamp.nullable().meta({ description: "nothing is sent before then" }),
    reason: z.string().nullable(),
    silentSince: Timestamp.nullable().meta({
      description: "since when the platform has not answered; one call at a time finds out",
    }),
  })
  .meta({ id: "PlatformPacing", description: "null while the platform takes what is sent" });

export const RegistrationView = z
  .object({
    id: Id,
    version: Version,
    name: z.string(),
    state: RegistrationState,
    registeredScopes: z
      .array(z.string())
      .meta({ description: "granted when the LMS registered us; empty where it did not say" }),
    platformFacts: PlatformFacts.nullable(),
    lastLaunchAt: Timestamp.nullable(),
    profile: Profile,
    issuer: z.string(),
    clientId: z.string(),
    tokenEndpoint: z.string(),
    authorizationEndpoint: z.string(),
    jwksUrl: z.string(),
    audience: AssertionAudience,
    audienceValues: z.array(z.string()),
    assertionTyp: AssertionTyp,
    signsWith: SignsWith,
    toolJwksUrl: z.string().nullable(),
    profileOverrides: ProfileOverrides,
    isDemo: z.boolean(),
    pausedAt: Timestamp.nullable(),
    pausedBy: z.string().nullable(),
    flow: PlatformPacing.nullable(),
    syncBlock: SyncBlock.nullable(),
    archivedAt: Timestamp.nullable(),
    createdAt: Timestamp,
    deployments: z.array(DeploymentView),
    serviceOrigins: z.array(ServiceOriginView).meta({
      description:
        "where access tokens may go beside the token endpoint's own origin, and what waits for approval",
    }),
    courseCount: z.number().int(),
    sameIssuer: z
      .array(
        z.object({
          id: Id,
          name: z.string(),
          clientId: z.string(),
          state: z.enum(["pending", "active", "declined"]),
        }),
      )
      .meta({
        description:
          "of one that waits for approval: other registrations of its issuer, each with a client ID of its own",
      }),
    proof: KeptProof.nullable().meta({
      description: "of its courses together; null before the first verification",
    }),
    health: Health,
    healthReason: z.string().nullable(),
    tokenState: TokenState,
    tokenExpiresAt: Timestamp.nullable(),
    lastSuccessAt: Timestamp.nullable(),
  })
  .meta({ id: "Registration" });
export type RegistrationView = z.infer<typeof RegistrationView>;

export const RegistrationFilter = PageQuery.extend({
  q: z.string().max(200).optional().meta({ description: "name, issuer or client ID contains" }),
  issuer: z.string().max(2000).optional().meta({ description: "exactly this issuer" }),
  clientId: z.string().max(255).optional().meta({ description: "exactly this client ID" }),
  profile: Profile.optional(),
  state: z
    .enum(["pending", "active", "declined", "all"])
    .default("active")
    .meta({ description: "those waiting for approval are listed as pending" }),
  archived: z.enum(["no", "yes", "all"]).default("no"),
  sort: sortBy(["name", "createdAt", "lastLaunchAt"], "name"),
});
export type RegistrationFilter = z.infer<typeof RegistrationFilter>;

export const RegistrationPage = pageOf(RegistrationView);

export const RegistrationApproval = z
  .object({
    confirmsDestination: z.enum(["no", "yes"]).default("no").meta({
      description:
        "that token endpoint and audience are meant, where 409 `operation.confirmation_needed` asks; needs `admin`",
    }),
  })
  .meta({ id: "RegistrationApproval" });
export type RegistrationApproval = z.infer<typeof RegistrationApproval>;

export const DeploymentInput = z
  .object({
    deploymentId: z.string().trim().min(1, "deployment ID is required").max(255),
    label: z.string().trim().max(200).default(""),
  })
  .meta({ id: "DeploymentInput" });
export type DeploymentInput = z.infer<typeof DeploymentInput>;
