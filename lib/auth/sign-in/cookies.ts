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
