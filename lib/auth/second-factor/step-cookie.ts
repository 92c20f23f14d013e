import { z } from "zod";
import type { Sealer } from "../secrets/seal.ts";
import { createSealedCookie } from "../secrets/sealed-cookie.ts";

const KIND = {
  name: "rollbook.second_step",
  path: "/login",
  minutes: 10,
  schema: z.object({ operatorId: z.string(), email: z.string(), by: z.string() }),
};

/** Whose password or link was right, and whose second factor is asked now. */
export function createStepCookie(sealer: Sealer, options: { isSecure: boolean }) {
  return createSealedCookie(sealer, KIND, options);
}
