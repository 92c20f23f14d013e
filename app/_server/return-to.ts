/** A path within the console to go to after signing in; anything else leads to the overview. */
export function returnPath(asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith("/")) return "/";
  // `//host` and `/\host` are other hosts to a browser.
  const url = URL.canParse(asked, PLACEHOLDER) ? new URL(asked, PLACEHOLDER) : null;
  return url?.origin === PLACEHOLDER ? `${url.pathname}${url.search}` : "/";
}

const PLACEHOLDER = "http://console.invalid";
