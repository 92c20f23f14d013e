import { BodyTooLarge, MediaTypeRefused } from "../../_server/rest/errors.ts";

const MOST_BYTES = 200_000;
const FORM = "application/x-www-form-urlencoded";

/** @throws MediaTypeRefused | BodyTooLarge */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type !== FORM) throw new MediaTypeRefused(FORM);
  return new URLSearchParams(await readText(request, MOST_BYTES));
}

/** Counts while it reads: a length that is announced may be wrong, or missing. */
export async function readText(request: Request, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new BodyTooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
