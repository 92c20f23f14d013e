import { MEDIA } from "#tests/support/platform/wire.ts";

export type ReplyHeaders = Record<string, string | string[]>;

export type Reply = {
  status: number;
  /** In place of the usual words of the status line; any text, sent as UTF-8. */
  reason?: string;
  headers: ReplyHeaders;
  body: string;
  /** Sent compressed. */
  isGzipped?: boolean;
  /** "now" closes the socket without an answer, "midway" after half the body. */
  cut?: "now" | "midway";
};

/** Thrown by any handler to end a request with a refusal. */
export class Refused extends Error {
  constructor(readonly reply: Reply) {
    super(`refused with ${reply.status}`);
  }
}

export function jsonReply(
  status: number,
  value: unknown,
  mediaType: string = MEDIA.json,
  headers: ReplyHeaders = {},
): Reply {
  return {
    status,
    headers: { "Content-Type": mediaType, ...headers },
    body: JSON.stringify(value),
  };
}

export function emptyReply(status: number, headers: ReplyHeaders = {}): Reply {
  return { status, headers, body: "" };
}

export function htmlReply(status: number, title: string, headers: ReplyHeaders = {}): Reply {
  const body = `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head><body><center><h1>${status} ${title}</h1></center><hr></body></html>\n`;
  return { status, headers: { "Content-Type": "text/html; charset=utf-8", ...headers }, body };
}

/** As a site's own theme shows it: the words stand behind two kilobytes of head and scripts. */
export function sitePage(status: number, title: string, words = title): Reply {
  const script = `var M = {}; M.cfg = ${JSON.stringify({ sesskey: "x".repeat(400), loadingicon: "/pix/i" })};`;
  const head = `<title>${title}</title><style>${".notice{margin:0}".repeat(30)}</style><script>${script.repeat(3)}</script>`;
  const body = `<div role="main"><h1>State University Moodle</h1><p class="errormessage">${words}</p></div>`;
  return {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8" },
    body: `<!DOCTYPE html>\n<html lang="en"><head>${head}</head><body>${body}</body></html>\n`,
  };
}

export function refuse(
  status: number,
  error: string,
  description: string,
  headers: ReplyHeaders = {},
): Refused {
  return new Refused(
    jsonReply(status, { error, error_description: description }, MEDIA.json, headers),
  );
}
