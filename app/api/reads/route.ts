import { answerApi, answering } from "../../_server/rest/answer.ts";
import { InvalidInput } from "#lib/operations/errors.ts";

const MOST = 30;

/**
 * Several reads of the REST API in one request, for pages that keep many of them current:
 * `?of=/api/v1/…` for each, answered in their order. Each is answered as it would be alone, by the
 * same right and under the same limit.
 *
 * @throws InvalidInput  too many at once
 */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const addresses = new URL(request.url).searchParams.getAll("of");
    if (addresses.length > MOST) throw new InvalidInput({ of: [`at most ${MOST} at once`] });
    const items = await Promise.all(addresses.map((address) => answerOne(address, request)));
    return Response.json({ items });
  });
}

async function answerOne(address: string, { url, headers, signal }: Request) {
  const response = await answerApi(new Request(inApi(address, url), { headers, signal }));
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  if (!isJson) await response.body?.cancel();
  return { status: response.status, body: isJson ? ((await response.json()) as unknown) : null };
}

/** Whatever is no address of the API becomes one that it does not know. */
function inApi(address: string, base: string): URL {
  const nowhere = new URL("/api/v1/", base);
  if (!URL.canParse(address, base)) return nowhere;
  const url = new URL(address, base);
  return url.origin === nowhere.origin && url.pathname.startsWith("/api/v1/") ? url : nowhere;
}
