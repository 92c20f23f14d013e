import { STATUS_CODES } from "node:http";
import { isPage, pageText } from "./page-text.ts";
import { excerptOf } from "./redact.ts";

type Reply = { status: number; reason?: string; body: string };

/** Bodies that say nothing. */
const EMPTY_BODIES = new Set(["", "[]", "{}", "null", '""']);

/**
 * What a reply says to people, at most 2,000 characters, without secrets: a page by its title and
 * text, a service's answer by the reason it gives, anything else as it is; where the body is empty or says less, the status line's reason.
 */
export function replyWords(reply: Reply, secrets: readonly string[] = []): string {
  const { body } = reply;
  const said = isPage(body) ? pageText(body) : EMPTY_BODIES.has(body.trim()) ? "" : saidBy(body);
  const reason = reasonOf(reply);
  const words = reason === "" || said.includes(reason) ? said : `${reason}\n${said}`;
  return excerptOf(words.trim(), secrets);
}

/** Moodle's services repeat the request beside the reason: the reason is what they say. */
function saidBy(body: string): string {
  const json = body.startsWith("{") ? jsonOf(body) : undefined;
  const { reason, request } = (json ?? {}) as { reason?: unknown; request?: unknown };
  return typeof reason === "string" && request !== undefined ? reason : body;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * The words of a status line that a platform chose itself. Moodle repeats the whole score behind
 * them, with its comment: nothing from the first brace on is kept.
 */
export function reasonOf({ status, reason = "" }: Pick<Reply, "status" | "reason">): string {
  const words = reason.split("{", 1)[0]!.trim();
  return words.toLowerCase() === STATUS_CODES[status]?.toLowerCase() ? "" : words;
}
