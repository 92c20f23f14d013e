import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { deriveSecret } from "../secrets/seal.ts";
import { cookieNamed } from "./cookies.ts";

const COOKIE = "rollbook.device";
const ONE_YEAR_SECONDS = 31_536_000;

/**
 * Browsers from which an account has signed in before. Who guesses passwords from elsewhere does
 * not keep such a browser waiting. The cookie opens nothing by itself.
 *
 * @see OWASP, "Slow Down Online Guessing Attacks with Device Cookies"
 */
export function createKnownDevices({ secret, isSecure }: { secret: string; isSecure: boolean }) {
  const key = deriveSecret(secret, "known device");
  const proof = (id: string, email: string) =>
    createHmac("sha256", key).update(`${id} ${email}`).digest();

  return {
    /** The device's ID, where the browser proves that this account signed in from it. */
    of(headers: Headers, email: string): string | null {
      const [id = "", given = ""] = (cookieNamed(headers, COOKIE) ?? "").split(".");
      const actual = Buffer.from(given, "base64url");
      const expected = proof(id, email);
      return actual.length === expected.length && timingSafeEqual(actual, expected) ? id : null;
    },
    cookieFor(email: string): string {
      const id = randomBytes(16).toString("base64url");
      const value = `${id}.${proof(id, email).toString("base64url")}`;
      const attributes = `Path=/; Max-Age=${ONE_YEAR_SECONDS}; HttpOnly; SameSite=Lax`;
      return `${COOKIE}=${value}; ${attributes}${isSecure ? "; Secure" : ""}`;
    },
  };
}

export type KnownDevices = ReturnType<typeof createKnownDevices>;
