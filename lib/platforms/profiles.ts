import { z } from "zod";
import { ProfileInvalid } from "#lib/lti/errors.ts";

/** How platforms differ where the specifications leave room. */
export type PlatformProfile = {
  name: string;
  /** Members, line items or results to ask for per page. */
  pageLimit: number;
  /** Scores of one line item and user must differ by this many milliseconds. */
  timestampStepMs: number;
  /** Scores sent at the same time to one registration. */
  scoreConcurrency: number;
  /** How the platform says that it is asked too much. */
  throttleSignal: "429" | "403_or_429";
  /** What the client assertion's audience is when nobody says otherwise. */
  audience: "token_endpoint" | "issuer" | "custom";
  /** Seconds by which client assertions are backdated, where clocks get no leeway. */
  assertionBackdateS: number;
  /** Anything but a fully graded score wipes the value that the platform holds. */
  wipesUnlessFullyGraded: boolean;
  /** Every score makes a new submission attempt unless told otherwise. */
  makesSubmissions: boolean;
  /** What it is told then: whether a score counts as a new attempt. */
  newSubmission: boolean;
  notes: readonly string[];
};

const COMMON = {
  pageLimit: 200,
  timestampStepMs: 1,
  scoreConcurrency: 2,
  throttleSignal: "429",
  audience: "token_endpoint",
  assertionBackdateS: 0,
  wipesUnlessFullyGraded: false,
  makesSubmissions: false,
  newSubmission: false,
} as const;

export const PLATFORM_PROFILES = {
  canvas: {
    ...COMMON,
    name: "Canvas",
    pageLimit: 50,
    scoreConcurrency: 1,
    throttleSignal: "403_or_429",
    makesSubmissions: true,
    notes: [
      "Pages hold 50 members at most, whatever is asked for.",
      "Parallel requests cost more of the allowance than the same ones in a row.",
      "Every score makes a new submission attempt unless the submission extension says otherwise.",
      "An invalid signature means that Canvas could not fetch our JWKS, or found another kid.",
    ],
  },
  moodle: {
    ...COMMON,
    name: "Moodle",
    pageLimit: 500,
    timestampStepMs: 1_000,
    scoreConcurrency: 8,
    assertionBackdateS: 5,
    wipesUnlessFullyGraded: true,
    notes: [
      "Keeps whole seconds: two scores within one second meet a 409.",
      "Anything but a fully graded score wipes the grade.",
      "The next page forgets the role filter; suspended people are simply absent.",
      "A grade that a teacher edited stays the final one, though newer scores are accepted.",
    ],
  },
  blackboard: {
    ...COMMON,
    name: "Blackboard Learn",
    notes: [
      "One registration serves many deployments.",
      "The messages of a resource link arrive as one object instead of a list.",
    ],
  },
  brightspace: {
    ...COMMON,
    name: "Brightspace",
    scoreConcurrency: 1,
    audience: "custom",
    notes: [
      "The audience is Brightspace's own authorization server, the same for every site.",
      "An audience with two entries is answered with status 500.",
      "Requests are limited for the whole integration.",
      "A roster lists only people who launched the tool, unless the deployment says otherwise.",
    ],
  },
  sakai: {
    ...COMMON,
    name: "Sakai",
    notes: ["The role filter works since 2026; it is applied here as well."],
  },
  schoology: { ...COMMON, name: "Schoology", pageLimit: 100, notes: [] },
  other: { ...COMMON, name: "Other", notes: [] },
} as const satisfies Record<string, PlatformProfile>;

export type PlatformProfileKey = keyof typeof PLATFORM_PROFILES;

export const PLATFORM_PROFILE_KEYS = Object.keys(PLATFORM_PROFILES) as [
  PlatformProfileKey,
  ...PlatformProfileKey[],
];

/** What an operator may set for one registration; everything else is the platform's nature. */
export const profileOverridesSchema = z.strictObject({
  pageLimit: z.int().min(1).max(10_000).optional(),
  timestampStepMs: z.int().min(1).max(60_000).optional(),
  scoreConcurrency: z.int().min(1).max(32).optional(),
  assertionBackdateS: z.int().min(0).max(60).optional(),
  wipesUnlessFullyGraded: z.boolean().optional(),
  makesSubmissions: z.boolean().optional(),
  newSubmission: z.boolean().optional(),
});

export type ProfileOverrides = z.infer<typeof profileOverridesSchema>;

/**
 * The profile of a platform with a registration's own settings over it.
 *
 * An unknown key is the profile `other`.
 *
 * @throws ProfileInvalid  an override does not fit its schema
 */
export function platformProfile(key: string, overrides: unknown = {}): PlatformProfile {
  const parsed = profileOverridesSchema.safeParse(overrides);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ProfileInvalid(issue?.path.join(".") || "overrides", issue?.message ?? "is invalid");
  }
  const base = isProfileKey(key) ? PLATFORM_PROFILES[key] : PLATFORM_PROFILES.other;
  const set = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(set) };
}

function isProfileKey(key: string): key is PlatformProfileKey {
  return Object.hasOwn(PLATFORM_PROFILES, key);
}
