import type { PlatformProfileKey } from "./profiles.ts";

/** The profile that fits a platform's `product_family_code`; each vendor spells its own. */
export function profileOfFamily(family: string | undefined): PlatformProfileKey {
  const code = (family ?? "").toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = FAMILIES.find(([part]) => code.includes(part));
  return found ? found[1] : "other";
}

const FAMILIES: readonly (readonly [string, PlatformProfileKey])[] = [
  ["canvas", "canvas"],
  ["moodle", "moodle"],
  ["blackboard", "blackboard"],
  ["desire2learn", "brightspace"],
  ["brightspace", "brightspace"],
  ["d2l", "brightspace"],
  ["sakai", "sakai"],
  ["schoology", "schoology"],
];

const CANVAS_ISSUERS = new Set([
  "https://canvas.instructure.com",
  "https://canvas.beta.instructure.com",
  "https://canvas.test.instructure.com",
]);

/**
 * Whether an issuer may speak from a host: its own, or one of the vendor's that serves all its
 * customers under a single issuer.
 */
export function mayIssueFrom(issuer: URL, host: string): boolean {
  if (issuer.host === host) return true;
  const isCanvas = CANVAS_ISSUERS.has(issuer.origin);
  return isCanvas && /(^|\.)(instructure\.com|canvaslms\.com)$/.test(host);
}
