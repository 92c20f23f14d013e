import { uniqueScopes } from "../scopes.ts";
import { boundEndpoints, type Endpoints } from "./endpoints.ts";
import {
  ANY_SERVICE,
  CONTEXT_ADDRESSES,
  type ContextAddress,
  type ContextService,
  type EndpointOf,
  type ServiceName,
  serviceOfScope,
} from "./services.ts";

/** A context's addresses as a tool keeps them; null where the platform gave none. */
export type ContextAddresses = Record<ContextAddress, string | null>;

/** The addresses that are known, with the scopes that the platform announced. */
export type KeptContext = Partial<ContextAddresses> & { scopes: readonly string[] };

export const ADDRESS_NAMES = Object.keys(CONTEXT_ADDRESSES) as ContextAddress[];

/** One value for each address. */
export function eachAddress<Value>(
  make: (name: ContextAddress) => Value,
): Record<ContextAddress, Value> {
  const values = ADDRESS_NAMES.map((name) => [name, make(name)]);
  return Object.fromEntries(values) as Record<ContextAddress, Value>;
}

/** The names of a service's addresses. */
export function addressNamesOf(service: ContextService): ContextAddress[] {
  return ADDRESS_NAMES.filter((name) => CONTEXT_ADDRESSES[name].service === service);
}

/** The addresses alone, out of whatever else there is; null where one is absent. */
export function contextAddresses(kept: Partial<ContextAddresses>): ContextAddresses {
  return eachAddress((name) => kept[name] ?? null);
}

/** Whether the platform gave any address of the service. */
export function isOffered(kept: Partial<ContextAddresses>, service: ContextService): boolean {
  return addressNamesOf(service).some((name) => Boolean(kept[name]));
}

/**
 * The endpoint of one service in a context that a tool keeps, under the scopes that were announced
 * for it, or those given; `undefined` where the platform does not offer it.
 */
export function contextEndpoint<Name extends ContextService>(
  kept: KeptContext,
  service: Name,
  scopes: readonly string[] = announcedScopes(kept.scopes, service),
): { [Each in Name]: EndpointOf<Each> } | undefined {
  if (!isOffered(kept, service)) return undefined;
  const given = addressNamesOf(service).filter((name) => kept[name]);
  const fields = given.map((name) => [CONTEXT_ADDRESSES[name].field, kept[name]]);
  const endpoint = { ...Object.fromEntries(fields), scopes };
  return { [service]: endpoint } as { [Each in Name]: EndpointOf<Each> };
}

/** What a platform announced for one service, or what that needs where it announced nothing. */
function announcedScopes(scopes: readonly string[], service: ServiceName): readonly string[] {
  const announced = scopes.filter((scope) => serviceOfScope(scope) === service);
  return announced.length > 0 ? announced : (ANY_SERVICE[service].defaultScopes ?? []);
}

/**
 * What a launch makes of a context that is known. A service that was not announced this time keeps
 * what it had: some launches, deep linking above all, leave services out. Scopes come sorted, so
 * that another order is no change.
 */
export function afterLaunch(
  before: ContextAddresses & { scopes: readonly string[] },
  endpoints: Endpoints,
): ContextAddresses & { scopes: string[] } {
  const announced = announcedAddresses(endpoints);
  const addresses = eachAddress((name) => {
    const { unless } = { unless: undefined, ...CONTEXT_ADDRESSES[name] };
    const isNeeded = unless === undefined || !(announced[unless] ?? before[unless]);
    return (isNeeded && announced[name]) || before[name];
  });
  const named = boundEndpoints(endpoints).filter(({ scopes }) => scopes.length > 0);
  const isReplaced = (scope: string) =>
    named.some(({ service }) => service.name === serviceOfScope(scope));
  const kept = before.scopes.filter((scope) => !isReplaced(scope));
  const scopes = uniqueScopes([...kept, ...named.flatMap((each) => each.scopes)]).sort();
  return { ...addresses, scopes };
}

/** The addresses of a context that a launch announced. */
export function announcedAddresses(endpoints: Endpoints): ContextAddresses {
  const bound = boundEndpoints(endpoints);
  return eachAddress((name) => {
    const { service, field } = CONTEXT_ADDRESSES[name];
    const found = bound.find((each) => each.service.name === service);
    return found?.addresses[field] ?? null;
  });
}
