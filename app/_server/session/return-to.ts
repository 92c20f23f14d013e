/** A path within the console to go to after signing in; anything else leads to the overview. */
export function returnPath(asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith("/")) return "/";
  // `//host` and `/\host` are other hosts to a browser.
  const url = URL.canParse(asked, PLACEHOLDER) ? new URL(asked, PLACEHOLDER) : null;
  if (url?.origin !== PLACEHOLDER) return "/";
  // `/.//host` is a path of ours only until its dots are resolved.
  return url.pathname.startsWith("//") ? "/" : `${url.pathname}${url.search}`;
}

const PLACEHOLDER = "http://console.invalid";
