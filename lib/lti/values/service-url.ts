/** Longer than any server takes; what is done with addresses may take time by their square. */
const LONGEST_ADDRESS = 8_000;

/**
 * Reads an absolute http(s) address without user information; anything else is `undefined`, as
 * is one of more than 8,000 characters.
 */
export function parseServiceUrl(text: string, base?: string): URL | undefined {
  if (text.length > LONGEST_ADDRESS || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  if (url.href.length > LONGEST_ADDRESS) return undefined;
  const isHttp = url.protocol === "https:" || url.protocol === "http:";
  return isHttp && url.username === "" && url.password === "" ? url : undefined;
}

/**
 * Puts a segment at the end of the path and keeps the query as it is.
 *
 * `…/lineitem?type_id=4` + `scores` → `…/lineitem/scores?type_id=4`.
 *
 * @see AGS 2.0 §3.3.1, §3.4.1
 */
export function appendPath(address: string, segment: string): string {
  const hash = address.indexOf("#");
  const withoutHash = hash === -1 ? address : address.slice(0, hash);
  const mark = withoutHash.indexOf("?");
  const path = mark === -1 ? withoutHash : withoutHash.slice(0, mark);
  const query = mark === -1 ? "" : withoutHash.slice(mark);
  return `${path.replace(/\/+$/, "")}/${segment}${query}`;
}

/** Adds parameters after the query that the address already has, which is kept to the letter. */
export function addParameters(
  address: string,
  parameters: Record<string, string | number | undefined>,
): string {
  const added = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) added.append(name, String(value));
  }
  const [withoutHash = ""] = address.split("#", 1);
  if (added.size === 0) return withoutHash;
  const mark = withoutHash.includes("?") ? "&" : "?";
  return `${withoutHash}${/[?&]$/.test(withoutHash) ? "" : mark}${added}`;
}

/** Whether two addresses are one resource once both are normalised. */
export function isSameAddress(one: string, other: string): boolean {
  return parseServiceUrl(one)?.href === parseServiceUrl(other)?.href;
}
