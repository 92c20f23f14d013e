import type { IncomingMessage } from "node:http";

export type PlatformRequest = {
  method: string;
  /** The URL as the tool asked for it, on the origin that it used. */
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
};

export async function readRequest(message: IncomingMessage): Promise<PlatformRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    method: message.method ?? "GET",
    url: new URL(message.url ?? "/", `http://${message.headers.host ?? "localhost"}`),
    headers: singleHeaders(message),
    body: chunks.length === 0 ? "" : Buffer.concat(chunks).toString("utf8"),
  };
}

export function mediaTypeOf(header: string | undefined): string {
  return (header ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Whether an Accept header names the media type itself; a wildcard alone does not say what the tool can read. */
export function acceptNames(header: string | undefined, mediaType: string): boolean {
  return (header ?? "").split(",").some((part) => mediaTypeOf(part) === mediaType);
}

function singleHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}
