import { ROLE_PREFIX } from "#tests/support/platform/wire.ts";

export type RoleStyle = "uri" | "short";

/** "Learner" → its context role URI; anything with a colon is a URI already. */
export function roleUri(role: string): string {
  if (role.includes(":")) return role;
  const [principal, sub] = role.split("#");
  return sub ? `${ROLE_PREFIX}/${principal}#${sub}` : `${ROLE_PREFIX}#${principal}`;
}

/** Moodle's way: the part after the hash for context roles, everything else whole. */
export function shortRole(uri: string): string {
  return uri.startsWith(ROLE_PREFIX) ? (uri.split("#")[1] ?? uri) : uri;
}

export function hasRole(roles: readonly string[], role: string): boolean {
  const wanted = roleUri(role);
  return roles.some((held) => held === wanted);
}
