import { z } from "zod";
import { CodedError } from "#lib/errors.ts";
import { platformOf } from "./index.ts";
import type { PlatformBehaviour } from "./platform.ts";

/** What an operator may set for one registration; everything else is the platform's nature. */
export const ProfileOverrides = z
  .strictObject({
    pageLimit: z.int().min(1).max(10_000).optional(),
    timestampStepMs: z.int().min(1).max(60_000).optional(),
    scoreConcurrency: z.int().min(1).max(32).optional(),
    assertionBackdateS: z.int().min(0).max(60).optional(),
    wipesUnlessFullyGraded: z.boolean().optional(),
    makesSubmissions: z.boolean().optional(),
    newSubmission: z.boolean().optional(),
  })
  .meta({ id: "ProfileOverrides" });

export type ProfileOverrides = z.infer<typeof ProfileOverrides>;

/** A platform's behaviour with a registration's own settings over it. */
export type PlatformProfile = PlatformBehaviour;

/** An override that does not fit its schema. */
export class ProfileInvalid extends CodedError {
  readonly code = "platform.profile_invalid" as const;

  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(`the platform profile's ${field} ${reason}`);
  }
}

/**
 * The profile of a platform with a registration's own settings over it.
 *
 * An unknown key is the platform `other`.
 *
 * @throws ProfileInvalid  an override does not fit its schema
 */
export function platformProfile(key: string, overrides: unknown = {}): PlatformProfile {
  const parsed = ProfileOverrides.safeParse(overrides);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ProfileInvalid(issue?.path.join(".") || "overrides", issue?.message ?? "is invalid");
  }
  const set = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return { ...platformOf(key).behaviour, ...Object.fromEntries(set) };
}
