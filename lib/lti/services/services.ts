import { GRADES } from "./grades/grades-service.ts";
import { GROUPS } from "./groups/groups-service.ts";
import { MEMBERSHIPS } from "./memberships/memberships-service.ts";
import { NOTICES } from "./notices/notice-service.ts";
import type { Operation } from "./operations.ts";
import type { KnownService } from "./service.ts";

/** The services that this library speaks, rosters before grades. */
export const SERVICES = {
  memberships: MEMBERSHIPS,
  grades: GRADES,
  groups: GROUPS,
  notices: NOTICES,
} as const;

export type ServiceName = keyof typeof SERVICES;

export type EndpointOf<Name extends ServiceName> =
  (typeof SERVICES)[Name] extends KnownService<infer Endpoint> ? Endpoint : never;

export const SERVICE_NAMES = Object.keys(SERVICES) as ServiceName[];

/** The same, for those who do not ask which endpoint is whose. */
export const ANY_SERVICE: Readonly<Record<ServiceName, KnownService<unknown>>> = SERVICES;

/**
 * The addresses of a context, by the name under which a tool keeps each: which service it belongs
 * to, and which field of that service's endpoint it is.
 */
export const CONTEXT_ADDRESSES = {
  membershipsUrl: { service: "memberships", field: "contextMembershipsUrl" },
  lineItemsUrl: { service: "grades", field: "lineItemsUrl" },
  // A context with a list of line items needs no single one; that differs from link to link.
  lineItemUrl: { service: "grades", field: "lineItemUrl", unless: "lineItemsUrl" },
  groupsUrl: { service: "groups", field: "groupsUrl" },
  groupSetsUrl: { service: "groups", field: "groupSetsUrl" },
} as const satisfies Record<string, { service: ServiceName; field: string; unless?: string }>;

export type ContextAddress = keyof typeof CONTEXT_ADDRESSES;

/** A service that has addresses of a context. */
export type ContextService = (typeof CONTEXT_ADDRESSES)[ContextAddress]["service"];

/** The scopes that a platform may announce for a context. */
export const CONTEXT_SCOPES: readonly string[] = SERVICE_NAMES.filter((name) =>
  Object.values(CONTEXT_ADDRESSES).some(({ service }) => service === name),
).flatMap((name) => SERVICES[name].knownScopes);

/** The service that a scope belongs to; `undefined` for one that the library does not know. */
export function serviceOfScope(scope: string): ServiceName | undefined {
  return SERVICE_NAMES.find((name) => scope.startsWith(SERVICES[name].scopePrefix));
}

/** The service that an operation belongs to; null for what belongs to none. */
const SERVICE_OF: Record<Exclude<Operation, `own.${string}`>, ServiceName | null> = {
  "token.request": null,
  "memberships.list": "memberships",
  "line_items.list": "grades",
  "line_item.get": "grades",
  "line_item.create": "grades",
  "line_item.update": "grades",
  "line_item.delete": "grades",
  "score.post": "grades",
  "results.list": "grades",
  "groups.list": "groups",
  "group_sets.list": "groups",
  "notice_handler.put": "notices",
  "registration.create": null,
  "public.get": null,
};

/** The service that an operation belongs to, by its name as it is stored. */
export function serviceOfOperation(operation: string): ServiceName | undefined {
  const services: Record<string, ServiceName | null> = SERVICE_OF;
  return (Object.hasOwn(services, operation) && services[operation]) || undefined;
}
