import { formatCount } from "#lib/format.ts";

/** So many are named before the rest is only counted. */
const NAMED = 8;

/** `Ada Lovelace, Grace Hopper and 12 more`: the first of `total`, as far as their names are known. */
export function namesAndMore(names: readonly string[], total = names.length): string {
  const named = names.slice(0, NAMED);
  const more = total - named.length;
  return named.join(", ") + (more > 0 ? ` and ${formatCount(more)} more` : "");
}
