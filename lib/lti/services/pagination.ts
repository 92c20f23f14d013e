import { NextPageUnsafe } from "../errors.ts";
import type { PlatformReply } from "../http/perform.ts";
import { parseServiceUrl } from "../values/service-url.ts";

/** One link of a Link header: its target as written and its relations in lower case. */
export type LinkValue = { target: string; relations: string[] };

// Curly quotes arrive as one character, or as three when the bytes were read as Latin-1.
const CURLY_QUOTES = /[\u201c\u201d\u201e\u201f]|\u00e2\u0080[\u009c-\u009f]/g;

/** More of a header is not looked at; Node itself allows 16 KB for all of them. */
const LONGEST_HEADER = 16_384;

/**
 * Reads a Link header as platforms write it; never throws, skips what it cannot read.
 *
 * Accepts any letter case, straight, curly or no quotes, several relations in one link,
 * commas and semicolons inside addresses, and addresses without angle brackets. A word in a
 * quoted parameter is never taken for a relation.
 *
 * @see RFC 8288 §3
 */
export function parseLinkHeader(header: string | null): LinkValue[] {
  if (header === null) return [];
  const text = readableText(header);
  return splitLinks(text).flatMap((part) => parseLink(part) ?? []);
}

function parseLink(part: string): LinkValue | undefined {
  const match = /^\s*(?:<([^>]*)>|([^\s;<>"]+))/.exec(part);
  const target = (match?.[1] ?? match?.[2] ?? "").trim().replaceAll("&amp;", "&");
  const relations = relationsOf(part.slice(match?.[0].length ?? 0));
  return target !== "" && relations.length > 0 ? { target, relations } : undefined;
}

/** What a reply says about a related page. */
export type RelatedPage =
  | { kind: "none" }
  | { kind: "found"; url: string }
  /** No address can be read, and what cannot be read may have been one. */
  | { kind: "unreadable"; text: string };

/** Finds the address of a related page, made absolute; says so when it cannot be read. */
export function findRelatedPage(
  header: string | null,
  relation: string,
  base: string,
): RelatedPage {
  const link = parseLinkHeader(header).find((value) => value.relations.includes(relation));
  if (link) {
    const url = parseServiceUrl(link.target, base);
    return url ? { kind: "found", url: url.href } : { kind: "unreadable", text: link.target };
  }
  if (header === null) return { kind: "none" };
  const text = readableText(header);
  const parts = splitLinks(text).filter((part) => part.trim() !== "");
  const unread = parts.filter((part) => !parseLink(part));
  const isDoubtful =
    header.length > LONGEST_HEADER ||
    (unread.length > 0 && unread.length === parts.length) ||
    unread.some((part) => part.toLowerCase().includes(relation));
  return isDoubtful ? { kind: "unreadable", text } : { kind: "none" };
}

function readableText(header: string): string {
  return header.slice(0, LONGEST_HEADER).replace(CURLY_QUOTES, '"');
}

/** Splits at commas that stand outside angle brackets and quotes and end a link. */
function splitLinks(text: string): string[] {
  return split(text, { separator: ",", endsAt: (at) => startsLink(text, at + 1) });
}

/** Splits where the separator stands outside angle brackets and quotes. */
function split(
  text: string,
  { separator, endsAt }: { separator: string; endsAt: (at: number) => boolean },
): string[] {
  const parts: string[] = [];
  let start = 0;
  let closer: ">" | '"' | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (closer) {
      if (closer === '"' && character === "\\") at++;
      else if (character === closer) closer = undefined;
    } else if (character === "<") closer = ">";
    else if (character === '"') closer = '"';
    else if (character === separator && endsAt(at)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

// An address without brackets may hold commas itself, so a comma only counts before a new one.
function startsLink(text: string, from: number): boolean {
  return /^\s*(?:<|https?:)/i.test(text.slice(from, from + 32));
}

/** The relations of the first `rel` parameter; a second one does not count (RFC 8288 §3.3). */
function relationsOf(parameters: string): string[] {
  for (const parameter of split(parameters, { separator: ";", endsAt: () => true })) {
    const match = /^\s*rel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,"']+))/i.exec(parameter);
    if (!match) continue;
    const value = match[1] ?? match[2] ?? match[3] ?? "";
    return value.toLowerCase().split(/\s+/).filter(Boolean);
  }
  return [];
}

/** Why a reading of pages did not prove that it saw everything. */
export type IncompleteReason =
  | "page_cap"
  | "member_cap"
  | "time_cap"
  | "next_page_repeated"
  | "next_page_unreadable"
  | "next_page_unsafe"
  | "page_content_repeated"
  | "context_changed";

/** Where a reading goes after a page. */
export type NextStep =
  | { kind: "end" }
  | { kind: "follow"; url: string }
  | { kind: "stop"; reason: IncompleteReason; error?: NextPageUnsafe };

/** Bounds of a reading of pages; every reading ends, whatever a platform answers. */
export type ReadingLimits = {
  /** Pages after which the reading gives up; 10,000. */
  maxPages?: number;
  /** Milliseconds after which no further page is asked for; two hours. */
  maxDurationMs?: number;
};

const MOST_PAGES = 10_000;
const LONGEST_READING_MS = 2 * 3_600_000;

/**
 * Remembers where a reading has been, so that it ends on every platform.
 *
 * @see NRPS 2.0 §2.4.2
 * @see AGS 2.0 §3.2.4, §3.3.6
 */
export class PagedReading {
  readonly #origin: string;
  readonly #seen = new Set<string>();
  readonly #maxPages: number;
  readonly #endsAtMs: number;
  #pages = 0;
  #lastContent: string | undefined;

  constructor(
    readonly startUrl: string,
    limits: ReadingLimits = {},
  ) {
    this.#origin = new URL(startUrl).origin;
    this.#maxPages = limits.maxPages ?? MOST_PAGES;
    this.#endsAtMs = performance.now() + (limits.maxDurationMs ?? LONGEST_READING_MS);
    this.#seen.add(withoutFragment(startUrl));
  }

  /**
   * Reads what the reply says about the next page and decides whether to go there.
   *
   * `content` tells pages apart by what they hold; empty for a page that holds nothing.
   */
  after(reply: PlatformReply, content: string): NextStep {
    this.#pages += 1;
    this.#seen.add(withoutFragment(reply.url));
    const isRepetition = content !== "" && content === this.#lastContent;
    this.#lastContent = content;
    if (isRepetition) return { kind: "stop", reason: "page_content_repeated" };
    return this.#judge(findRelatedPage(reply.headers.get("link"), "next", reply.url), reply);
  }

  #judge(next: ReturnType<typeof findRelatedPage>, reply: PlatformReply): NextStep {
    if (next.kind === "none") return { kind: "end" };
    if (next.kind === "unreadable") return { kind: "stop", reason: "next_page_unreadable" };
    const url = withoutFragment(next.url);
    if (new URL(url).origin !== this.#origin) {
      const error = new NextPageUnsafe(url, "it is at another origin", {
        url: reply.url,
        status: reply.status,
      });
      return { kind: "stop", reason: "next_page_unsafe", error };
    }
    if (this.#seen.has(url)) return { kind: "stop", reason: "next_page_repeated" };
    if (this.#pages >= this.#maxPages) return { kind: "stop", reason: "page_cap" };
    if (performance.now() >= this.#endsAtMs) return { kind: "stop", reason: "time_cap" };
    this.#seen.add(url);
    return { kind: "follow", url };
  }
}

// A fragment is never sent, so two addresses that differ in it alone are one page.
function withoutFragment(address: string): string {
  const url = new URL(address);
  url.hash = "";
  return url.href;
}
