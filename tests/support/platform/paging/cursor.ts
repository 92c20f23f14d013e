/** Where a page starts; opaque to the tool. */
export type Cursor = { start: number; revision: number };

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Undefined where the text is not one of ours. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return isCursor(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCursor(value: unknown): value is Cursor {
  if (typeof value !== "object" || value === null) return false;
  const { start, revision } = value as Record<string, unknown>;
  return Number.isInteger(start) && Number.isInteger(revision);
}
