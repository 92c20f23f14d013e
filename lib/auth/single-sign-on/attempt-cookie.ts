import { z } from "zod";
import type { Sealer } from "../secrets/seal.ts";
import { cookieNamed } from "../sign-in/cookies.ts";

const COOKIE = "rollbook.single_sign_on";
const PURPOSE = "single sign-on attempt";
const MINUTES = 10;

const Kept = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  provider: z.string(),
  returnTo: z.string(),
  expiresAt: z.number(),
});
/** A sign-in that is under way, in the browser that began it and nowhere else. */
export type KeptAttempt = z.output<typeof Kept>;

export function createAttemptCookie(sealer: Sealer, { isSecure }: { isSecure: boolean }) {
  const attributes = `Path=/login; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return {
    write(attempt: Omit<KeptAttempt, "expiresAt">, now: Date): string {
      const expiresAt = now.getTime() + MINUTES * 60_000;
      const sealed = sealer.seal(JSON.stringify({ ...attempt, expiresAt }), PURPOSE);
      return `${COOKIE}=${sealed}; Max-Age=${MINUTES * 60}; ${attributes}`;
    },
    clear: () => `${COOKIE}=; Max-Age=0; ${attributes}`,
    /** Null where there is none, it is over, or it is not ours. */
    read(headers: Headers, now: Date): KeptAttempt | null {
      const sealed = cookieNamed(headers, COOKIE);
      if (!sealed) return null;
      try {
        const kept = Kept.parse(JSON.parse(sealer.unseal(sealed, PURPOSE)));
        return kept.expiresAt > now.getTime() ? kept : null;
      } catch {
        return null;
      }
    },
  };
}
