import { NextPageUnsafe } from "./errors.ts";
import { findRelatedPage } from "./pagination.ts";
import type { PlatformReply } from "./http.ts";

/** Why a walk over pages did not prove that it saw everything. */
export type IncompleteReason =
  | "page_cap"
  | "member_cap"
  | "next_page_repeated"
  | "next_page_unreadable"
  | "next_page_unsafe"
  | "page_content_repeated"
  | "context_changed";

/** Where a walk goes after a page. */
export type NextStep =
  | { kind: "end" }
  | { kind: "follow"; url: string }
  | { kind: "stop"; reason: IncompleteReason; error?: NextPageUnsafe };

/** Remembers where a walk has been, so that it ends on every platform. */
export class PageWalk {
  readonly #origin: string;
  readonly #seen = new Set<string>();

  constructor(
    readonly startUrl: string,
    private readonly maxPages: number,
  ) {
    this.#origin = new URL(startUrl).origin;
  }

  /** Reads what the reply says about the next page and decides whether to go there. */
  after(reply: PlatformReply): NextStep {
    this.#seen.add(new URL(reply.url).href);
    const next = findRelatedPage(reply.headers.get("link"), "next", reply.url);
    if (next.kind === "none") return { kind: "end" };
    if (next.kind === "unreadable") return { kind: "stop", reason: "next_page_unreadable" };
    if (new URL(next.url).origin !== this.#origin) {
      const error = new NextPageUnsafe(next.url, "it is at another origin", {
        url: reply.url,
        status: reply.status,
      });
      return { kind: "stop", reason: "next_page_unsafe", error };
    }
    if (this.#seen.has(next.url)) return { kind: "stop", reason: "next_page_repeated" };
    if (this.#seen.size >= this.maxPages) return { kind: "stop", reason: "page_cap" };
    return { kind: "follow", url: next.url };
  }
}
