import type { z } from "zod";
import { cookieNamed } from "../sign-in/cookies.ts";
import type { Sealer } from "./seal.ts";

export type CookieKind<Kept extends object> = {
  name: string;
  /** Where the browser sends it. */
  path: string;
  minutes: number;
  schema: z.ZodType<Kept>;
};

/**
 * What a visitor has under way, in the browser that began it and nowhere else: sealed, so that it
 * is neither read nor made there, and nothing is stored for who never comes back.
 */
export function createSealedCookie<Kept extends object>(
  sealer: Sealer,
  { name, path, minutes, schema }: CookieKind<Kept>,
  { isSecure }: { isSecure: boolean },
) {
  const attributes = `Path=${path}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  const purpose = `cookie ${name}`;
  return {
    write(kept: Kept, now: Date): string {
      const expiresAt = now.getTime() + minutes * 60_000;
      const sealed = sealer.seal(JSON.stringify({ kept, expiresAt }), purpose);
      return `${name}=${sealed}; Max-Age=${minutes * 60}; ${attributes}`;
    },
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
    /** Null where there is none, it is over, or it is not ours. */
    read(headers: Headers, now: Date): Kept | null {
      const sealed = cookieNamed(headers, name);
      if (!sealed) return null;
      try {
        const found = JSON.parse(sealer.unseal(sealed, purpose)) as {
          kept: unknown;
          expiresAt: number;
        };
        return found.expiresAt > now.getTime() ? schema.parse(found.kept) : null;
      } catch {
        return null;
      }
    },
  };
}
