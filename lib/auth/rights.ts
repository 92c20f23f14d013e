/** What somebody may do. An API key's scopes and an operator's role are made of these. */
export const RIGHTS = [
  "read",
  "read:names",
  "scores:write",
  "runs:write",
  "registrations:write",
  "admin",
] as const;
export type Right = (typeof RIGHTS)[number];

export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** What an actor may do, and where. */
export type Access = {
  rights: readonly Right[];
  /** The registrations it is limited to; null: all of them. */
  registrationIds: readonly string[] | null;
};

/** Everything, everywhere. */
export const FULL_ACCESS: Access = { rights: ["admin", "read:names"], registrationIds: null };

const OF_ROLE: Record<Role, readonly Right[]> = {
  viewer: ["read"],
  operator: ["read", "scores:write", "runs:write", "registrations:write"],
  admin: ["admin"],
};

/** The rights of a role; to see names is a right of its own, which no role brings. */
export function rightsOfRole(role: Role, { seesNames }: { seesNames: boolean }): Right[] {
  return [...OF_ROLE[role], ...(seesNames ? (["read:names"] as const) : [])];
}

/** Whether rights include one that is needed; `admin` is everything but the sight of names. */
export function includesRight(rights: readonly Right[], needed: Right): boolean {
  return rights.includes(needed) || (needed !== "read:names" && rights.includes("admin"));
}

/** As it is stored: no registration named means no limit. */
export function accessOf(rights: readonly Right[], registrationIds: readonly string[]): Access {
  return { rights, registrationIds: registrationIds.length > 0 ? registrationIds : null };
}
