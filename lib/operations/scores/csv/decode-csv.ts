import { InvalidInput } from "#lib/operations/errors.ts";

/**
 * The text of an uploaded file: UTF-8, or UTF-16 with a byte order mark as spreadsheets save
 * "Unicode text".
 *
 * @throws InvalidInput  the bytes are neither
 */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInput({ csv: ["must be text in UTF-8; save the file as CSV UTF-8"] });
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return "utf-8";
}
