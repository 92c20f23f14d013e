import { EndpointInvalid, OriginNotAllowed } from "./errors.ts";
import type { Registration } from "./registration.ts";
import { parseServiceUrl } from "./values/service-url.ts";
import { boundEndpoints, originsOf } from "./services/endpoints.ts";
import type { Endpoints } from "./services/endpoints.ts";

/**
 * Checks one address that a token is about to be sent to. The token endpoint's own origin is
 * always allowed: the token comes from there.
 *
 * @throws OriginNotAllowed  the registration says where its tokens go, and this is elsewhere
 * @throws EndpointInvalid   it is no web address, or at another origin than the service's endpoint
 *                           where the registration leaves that to the endpoints
 */
export async function checkServiceAddress(
  registration: Registration,
  endpoints: Endpoints,
  { service, url }: { service: string; url: string },
): Promise<void> {
  const origin = parseServiceUrl(url)?.origin;
  if (origin === undefined) throw new EndpointInvalid(service, "address", "is no web address");
  if (registration.serviceOrigins) return checkOrigin(registration, origin);
  if (originsOf(endpoints, service).has(origin)) return;
  throw new EndpointInvalid(service, "address", "is not at the origin of the endpoint");
}

/**
 * Checks every address of the endpoints, so that nothing is asked for that could not be used.
 *
 * @throws OriginNotAllowed  of the first that may not be called
 */
export async function checkEndpointOrigins(
  registration: Registration,
  endpoints: Endpoints,
): Promise<void> {
  if (!registration.serviceOrigins) return;
  const names = boundEndpoints(endpoints).map(({ service }) => service.name);
  for (const origin of new Set(names.flatMap((name) => [...originsOf(endpoints, name)])))
    await checkOrigin(registration, origin);
}

async function checkOrigin(
  { serviceOrigins = [], tokenEndpoint }: Registration,
  origin: string,
): Promise<void> {
  if (origin === new URL(tokenEndpoint).origin) return;
  const state =
    typeof serviceOrigins === "function"
      ? await serviceOrigins(origin)
      : serviceOrigins.includes(origin)
        ? "approved"
        : "pending";
  if (state !== "approved") throw new OriginNotAllowed(origin, state);
}
