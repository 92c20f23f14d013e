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
