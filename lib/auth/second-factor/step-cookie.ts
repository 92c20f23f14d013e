import { z } from "zod";
import { hashToken } from "../secrets/one-time-token.ts";
import type { Sealer } from "../secrets/seal.ts";
import { createSealedCookie } from "../secrets/sealed-cookie.ts";

const KIND = {
  name: "rollbook.second_step",
  path: "/login",
  minutes: 10,
  schema: z.object({
    /** Noted when the step is done: it opens one session. */
    id: z.string(),
    operatorId: z.string(),
    email: z.string(),
    by: z.string(),
    /** Of the password that was right: a new one ends what was under way with the old one. */
    password: z.string(),
  }),
};

export const STEP_MS = KIND.minutes * 60_000;

/** Whose password or link was right, and whose second factor is asked now. */
export function createStepCookie(sealer: Sealer, options: { isSecure: boolean }) {
  return createSealedCookie(sealer, KIND, options);
}

/** What tells one password of a person from another; the stored hash itself leaves no server. */
export function markOfPassword(operatorId: string, hash: string | null): string {
  return hashToken(`second step ${operatorId} ${hash ?? ""}`);
}
