import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/** Rosters shrink to an eighth; a reply in any other coding is read as it comes. */
export const ACCEPTED_CODING = "gzip";

const FIRST_BYTE_OF_GZIP = 0x1f;

type Body = AsyncIterable<Uint8Array>;

/**
 * The body as the platform meant it.
 *
 * Its size is counted by whoever reads it, after this, so that a small reply that unfolds without
 * end is given up like any other that is too large. An empty body, or one that is not compressed
 * though its header says so, is read as it is.
 *
 * @see RFC 9110 §8.4.1.3
 */
export function decodedBody(body: Body, coding: string | null): Body {
  return /^\s*(?:x-)?gzip\s*$/i.test(coding ?? "") ? decompressed(body) : body;
}

async function* decompressed(body: Body): AsyncGenerator<Uint8Array, void> {
  const source = body[Symbol.asyncIterator]();
  let first = await source.next();
  while (!first.done && first.value.byteLength === 0) first = await source.next();
  if (first.done) return;
  const whole = prepend(first.value, source);
  if (first.value[0] !== FIRST_BYTE_OF_GZIP) yield* whole;
  // What goes wrong on either side ends the other; whoever reads is told.
  else yield* pipeline(whole, createGunzip(), () => {}) as Body;
}

async function* prepend(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    // Ended early or not: the connection is given back.
    await rest.return?.();
  }
}
