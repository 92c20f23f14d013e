import { z } from "zod";
import type { Sealer } from "../secrets/seal.ts";
import { createSealedCookie } from "../secrets/sealed-cookie.ts";

const KIND = {
  name: "rollbook.single_sign_on",
  path: "/login",
  minutes: 10,
  schema: z.object({
    state: z.string(),
    nonce: z.string(),
    verifier: z.string(),
    provider: z.string(),
    returnTo: z.string(),
    /** Somebody signed in who is asked again, and not a sign-in. */
    isAgain: z.boolean(),
    begunAt: z.number(),
  }),
};

/** A sign-in at the provider that is under way. */
export function createAttemptCookie(sealer: Sealer, options: { isSecure: boolean }) {
  return createSealedCookie(sealer, KIND, options);
}
