import { addressIn } from "#lib/auth/client-address.ts";
import { answering } from "../../_server/rest/answer.ts";
import { readKeySet, type KeySetReader } from "#lib/operations/keys/public-keys.ts";
import { getRuntime } from "#lib/runtime.ts";

// Shorter than the time a new key is published before it signs.
const FRESH_SECONDS = 600;

/** Our public keys (Security Framework 1.0 §6.3). */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const { db } = await getRuntime();
    const keys = await readKeySet(db, readerOf(request), new Date());
    return Response.json(keys, {
      headers: { "cache-control": `public, max-age=${FRESH_SECONDS}` },
    });
  });
}

function readerOf({ headers }: Request): KeySetReader {
  return {
    address: plainText(addressIn(headers) ?? "unknown"),
    userAgent: plainText(headers.get("user-agent") ?? "").slice(0, 200),
  };
}

function plainText(text: string): string {
  return text.replaceAll("\u0000", "");
}
