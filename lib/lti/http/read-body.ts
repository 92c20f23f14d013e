import { isAscii } from "node:buffer";

/** Thrown inside lib/lti when a body grows past the limit; never leaves the folder. */
export class BodyTooLarge extends Error {}

const decoder = new TextDecoder();

/** Reads a body as UTF-8 text, giving up as soon as it grows past `maxBytes`. */
export async function readBody(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    signal.throwIfAborted();
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return textIn(Buffer.concat(chunks, size));
}

// Reading UTF-8 costs as much as parsing the JSON in it; plain ASCII is copied as it is.
function textIn(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString("latin1") : decoder.decode(bytes);
}

/** Frees the connection of a reply whose body nobody wants. */
export async function discardBody(body: AsyncIterable<Uint8Array> | null): Promise<void> {
  const chunks = body?.[Symbol.asyncIterator]();
  try {
    // A reading that never began cannot be ended, and would keep the connection for ever.
    await chunks?.next();
    await chunks?.return?.();
  } catch {
    // Whatever became of it, nobody wanted it.
  }
}
