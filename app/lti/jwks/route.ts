import { answering } from "../../_server/rest/answer.ts";
import { publicKeySet } from "#lib/operations/public-keys.ts";
import { getRuntime } from "#lib/runtime.ts";

// Shorter than the time a new key is published before it signs.
const FRESH_SECONDS = 600;

/** Our public keys (Security Framework 1.0 §6.3). */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const keys = await publicKeySet((await getRuntime()).db);
    return Response.json(keys, {
      headers: { "cache-control": `public, max-age=${FRESH_SECONDS}` },
    });
  });
}
