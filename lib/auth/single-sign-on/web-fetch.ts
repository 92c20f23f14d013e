type Reply = {
  status: number;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
};
type Init = {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  signal: AbortSignal;
};
/** The guarded fetch, which reaches no private network and follows no redirect. */
export type GuardedFetch = (url: string, init: Init) => Promise<Reply>;

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 1_000_000;
/** What the library of the protocol reads. */
const HEADERS = ["content-type", "cache-control", "www-authenticate", "age"];

type Request = { method: string; headers: Record<string, string>; body?: unknown };

/** The guarded fetch as the protocol's library wants it: with a `Response`, bounded in size and time. */
export function webFetch(fetch: GuardedFetch) {
  return async (url: string, { method, headers, body }: Request): Promise<Response> => {
    const sent = body === undefined || body === null ? undefined : textOf(body);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const reply = await fetch(url, { method, headers, body: sent, redirect: "manual", signal });
    const kept = HEADERS.flatMap((name) => {
      const value = reply.headers.get(name);
      return value === null ? [] : [[name, value] as [string, string]];
    });
    const bytes = await readBounded(reply.body);
    const isEmpty = [204, 205, 304].includes(reply.status);
    return new Response(isEmpty ? null : bytes, { status: reply.status, headers: kept });
  };
}

function textOf(body: unknown): string {
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("the protocol sends forms only");
}

async function readBounded(body: Reply["body"]): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.byteLength;
    if (length > MOST_BYTES) throw new Error(`the answer is larger than ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
