import { z } from "zod";
import { Timestamp } from "../fields.ts";
import { PasskeyAnswer } from "../passkeys/schema.ts";

const Hours = (most: number) =>
  z.coerce
    .number("must be a number of hours")
    .int("must be a whole number of hours")
    .min(1, "must be at least one hour")
    .max(most, `must be at most ${most} hours`);

export const SessionLimits = z
  .object({
    idleHours: Hours(168).meta({
      description: "ends a session in which no page was opened and nothing done for so long",
    }),
    longestHours: Hours(720).meta({
      description: "ends a session so long after its sign-in, however much it is used",
    }),
  })
  .refine(({ idleHours, longestHours }) => idleHours <= longestHours, {
    path: ["idleHours"],
    message: "must not be more than the hours at most",
  })
  .meta({ id: "SessionLimits" });
export type SessionLimits = z.infer<typeof SessionLimits>;

export const SignInRules = z
  .object({
    askAgainMinutes: z.coerce
      .number("must be a number of minutes")
      .int("must be a whole number of minutes")
      .min(1, "must be at least one minute")
      .max(1_440, "must be at most 1,440 minutes")
      .meta({
        description:
          "before keys, people, signing keys, single sign-on and what is deleted for good, who last proved longer ago who they are is asked again",
      }),
    adminsNeedSecondFactor: z.boolean().meta({
      description: "an admin without a second factor sets one up before anything else",
    }),
  })
  .meta({ id: "SignInRules" });
export type SignInRules = z.infer<typeof SignInRules>;

/** One of what the person can prove by who they are. */
export const ProofInput = z.object({
  ...PasskeyAnswer.partial().shape,
  password: z.string().max(128).optional(),
  code: z.string().trim().max(40).optional(),
});
export type ProofInput = z.infer<typeof ProofInput>;

export const SessionView = z
  .object({
    id: z.string(),
    operator: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    isOwn: z.boolean().meta({ description: "the very session that asks" }),
    signedInAt: Timestamp,
    lastSeenAt: Timestamp.meta({ description: "the last page or act, to the minute" }),
    endsAt: Timestamp.meta({ description: "at the latest; unless it is used, earlier" }),
    address: z.string().nullable().meta({ description: "where it was signed in from" }),
    browser: z.string().nullable().meta({ description: "as it named itself then" }),
  })
  .meta({ id: "Session" });
export type SessionView = z.infer<typeof SessionView>;

export const SessionList = z.object({ items: z.array(SessionView) });
export const SessionsEnded = z.object({ ended: z.int() }).meta({ id: "SessionsEnded" });
