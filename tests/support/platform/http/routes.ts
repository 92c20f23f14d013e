export const SERVICE_ROUTES = [
  "memberships",
  "differences",
  "line_items",
  "line_item",
  "scores",
  "results",
  "groups",
  "group_sets",
] as const;

export const ROUTES = [
  "token",
  "authorize",
  "jwks",
  "openid_configuration",
  "registration",
  "notice_handlers",
  "home",
  "launch",
  "deep_link_return",
  ...SERVICE_ROUTES,
  "other",
] as const;

export type Route = (typeof ROUTES)[number];

export type RouteMatch = { route: Route; contextId?: string; lineItemNumber?: number };

const fixedRoutes: Readonly<Record<string, Route>> = {
  "/token": "token",
  "/authorize": "authorize",
  "/jwks": "jwks",
  "/.well-known/openid-configuration": "openid_configuration",
  "/lti/openid-configuration": "openid_configuration",
  "/register": "registration",
  "/": "home",
  "/launch": "launch",
  "/deep_link_return": "deep_link_return",
};

const coursePath =
  /^\/courses\/([^/]+)\/(memberships(?:\/differences)?|line_items|groups|group_sets)$/;
const lineItemPath = /^\/courses\/([^/]+)\/line_items\/(\d+)\/lineitem(?:\/(scores|results))?$/;

export function matchRoute(path: string): RouteMatch {
  const fixed = fixedRoutes[path];
  if (fixed) return { route: fixed };
  if (/^\/notice_handlers\/[^/]+$/.test(path)) return { route: "notice_handlers" };
  return matchLineItem(path) ?? matchCourse(path) ?? { route: "other" };
}

function matchLineItem(path: string): RouteMatch | undefined {
  const match = lineItemPath.exec(path);
  if (!match?.[1] || !match[2]) return undefined;
  return {
    route: (match[3] as "scores" | "results" | undefined) ?? "line_item",
    contextId: decodeURIComponent(match[1]),
    lineItemNumber: Number(match[2]),
  };
}

function matchCourse(path: string): RouteMatch | undefined {
  const match = coursePath.exec(path);
  if (!match?.[1] || !match[2]) return undefined;
  const routes: Record<string, Route> = {
    memberships: "memberships",
    "memberships/differences": "differences",
    line_items: "line_items",
    groups: "groups",
    group_sets: "group_sets",
  };
  return { route: routes[match[2]] ?? "other", contextId: decodeURIComponent(match[1]) };
}
