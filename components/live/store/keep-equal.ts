/**
 * An answer with the parts of the one before wherever they are equal, so that what did not change
 * stays the same object and is not rendered again. Both are JSON.
 */
export function keepEqual(before: unknown, now: unknown): unknown {
  if (before === now || !isObject(before) || !isObject(now)) return now;
  if (Array.isArray(before) !== Array.isArray(now)) return now;
  const names = Object.keys(now);
  const kept = names.map((name) => [name, keepEqual(before[name], now[name])] as const);
  const isSame = kept.every(([name, value]) => name in before && value === before[name]);
  if (isSame && names.length === Object.keys(before).length) return before;
  return Array.isArray(now) ? kept.map(([, value]) => value) : Object.fromEntries(kept);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
