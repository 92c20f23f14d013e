import { decodeCsv } from "#lib/operations/scores/csv/index.ts";
import { BodyMalformed, BodyTooLarge, DuplicateName, MediaTypeRefused } from "../errors.ts";
import { duplicateName } from "./duplicate-name.ts";

/** Ten thousand scores with comments of a few hundred characters fit. */
const MOST_BODY_BYTES = 10_000_000;

/** @throws MediaTypeRefused | BodyTooLarge | BodyMalformed | DuplicateName */
export async function readJsonBody(request: Request): Promise<unknown> {
  const type = mediaType(request);
  if (type !== "application/json" && !type.endsWith("+json")) {
    throw new MediaTypeRefused("application/json");
  }
  return parseJson(await readBytes(request));
}

/** @throws BodyMalformed | DuplicateName */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new BodyMalformed();
  }
  const duplicate = duplicateName(text);
  if (duplicate !== undefined) throw new DuplicateName(duplicate);
  return value;
}

/** @throws MediaTypeRefused | BodyTooLarge | InvalidInput */
export async function readCsvBody(request: Request): Promise<string> {
  if (mediaType(request) !== "text/csv") throw new MediaTypeRefused("text/csv");
  return decodeCsv(await readBytes(request));
}

function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Counts while it reads: a length that is announced may be wrong, or missing. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > MOST_BODY_BYTES) throw new BodyTooLarge(MOST_BODY_BYTES);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BODY_BYTES) throw new BodyTooLarge(MOST_BODY_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
