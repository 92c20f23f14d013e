import { EndpointInvalid } from "../errors.ts";
import { factsOf, perform } from "./perform.ts";
import { parseJsonBody } from "../values/json-body.ts";
import { MEDIA_TYPE } from "../values/media-types.ts";
import type { FetchReply, LtiOptions } from "../options.ts";
import { parseServiceUrl } from "../values/service-url.ts";

/**
 * Reads a public JSON document, such as a platform's JWKS, without any token.
 *
 * @throws EndpointInvalid    not a web address, or http where https is required
 * @throws ResponseMalformed  not JSON
 * @throws LtiError           whatever else the reply means
 */
export async function fetchPublicJson(
  address: string,
  options: LtiOptions,
  allow: { allowHttp?: boolean } = {},
): Promise<unknown> {
  return (await fetchPublicDocument(address, options, allow)).document;
}

/** As `fetchPublicJson`, with the reply's headers: they say how long the document keeps. */
export async function fetchPublicDocument(
  address: string,
  options: LtiOptions,
  { allowHttp = false }: { allowHttp?: boolean } = {},
): Promise<{ document: unknown; headers: FetchReply["headers"] }> {
  const url = parseServiceUrl(address);
  if (!url) throw new EndpointInvalid("public", "address", "must be an absolute web address");
  if (url.protocol === "http:" && !allowHttp) {
    throw new EndpointInvalid("public", "address", "must use https");
  }
  const request = {
    operation: "public.get" as const,
    method: "GET",
    url: address,
    headers: { accept: MEDIA_TYPE.json },
  };
  const reply = await perform(request, options);
  const document = parseJsonBody(reply.body, factsOf(request, reply));
  return { document, headers: reply.headers };
}
