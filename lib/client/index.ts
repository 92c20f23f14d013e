import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./api.ts";

export type { components, operations, paths } from "./api.ts";

export type RollbookClient = Client<paths>;

export type ClientOptions = {
  /** The address of the installation, such as `https://rollbook.example.edu`. */
  url: string;
  apiKey: string;
  /** Instead of the runtime's own. */
  fetch?: (request: Request) => Promise<Response>;
};

/**
 * The API of one installation with the types of its document: `client.GET("/courses", …)`. What
 * went wrong is `error`, a problem of RFC 9457; nothing is thrown but what `fetch` throws.
 */
export function createRollbookClient({ url, apiKey, fetch }: ClientOptions): RollbookClient {
  return createClient<paths>({
    baseUrl: `${url.replace(/\/+$/, "")}/api/v1`,
    headers: { authorization: `Bearer ${apiKey}` },
    ...(fetch && { fetch }),
  });
}
