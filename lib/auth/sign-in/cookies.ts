import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveSecret } from "../secrets/seal.ts";

/** `Set-Cookie` values that the answer to the browser must carry. */
export type Cookies = { setCookie: string[] };

export function cookiesOf(headers: Headers): Cookies {
  return { setCookie: headers.getSetCookie() };
}

/** A sign-in is not to go on from a session that the browser happens to have. */
export function withoutCookies(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("cookie");
  return kept;
}

export function cookieNamed(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** What the library signs its cookies with. */
export function cookieSecret(secret: string): string {
  return deriveSecret(secret, "session").toString("base64url");
}

/**
 * Tells by its signature whether a session cookie is one that was given out here. Whether the session
 * goes on is not asked: this is for what must be cheap, such as counting requests.
 */
export function createSessionCookies({ secret, isSecure }: { secret: string; isSecure: boolean }) {
  const name = `${isSecure ? "__Secure-" : ""}rollbook.session_token`;
  const key = cookieSecret(secret);
  return {
    isGivenOut(cookies: string): boolean {
      const value = decoded(cookieNamed(new Headers({ cookie: cookies }), name) ?? "");
      const dot = value.lastIndexOf(".");
      const actual = Buffer.from(value.slice(dot + 1), "base64");
      const expected = createHmac("sha256", key).update(value.slice(0, dot)).digest();
      return dot > 0 && actual.length === expected.length && timingSafeEqual(actual, expected);
    },
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
