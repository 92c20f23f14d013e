import { NextPageUnsafe } from "../errors.ts";
import { findRelatedPage } from "./pagination.ts";
import type { PlatformReply } from "../http/perform.ts";

/** Why a walk over pages did not prove that it saw everything. */
export type IncompleteReason =
  | "page_cap"
  | "member_cap"
  | "time_cap"
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

/** Bounds of a walk over pages; every walk ends, whatever a platform answers. */
export type WalkLimits = {
  /** Pages after which the walk gives up; 10,000. */
  maxPages?: number;
  /** Milliseconds after which no further page is asked for; two hours. */
  maxDurationMs?: number;
};

const MOST_PAGES = 10_000;
const LONGEST_WALK_MS = 2 * 3_600_000;

/**
 * Remembers where a walk has been, so that it ends on every platform.
 *
 * @see NRPS 2.0 §2.4.2
 * @see AGS 2.0 §3.2.4, §3.3.6
 */
export class PageWalk {
  readonly #origin: string;
  readonly #seen = new Set<string>();
  readonly #maxPages: number;
  readonly #endsAtMs: number;
  #pages = 0;
  #lastContent: string | undefined;

  constructor(
    readonly startUrl: string,
    limits: WalkLimits = {},
  ) {
    this.#origin = new URL(startUrl).origin;
    this.#maxPages = limits.maxPages ?? MOST_PAGES;
    this.#endsAtMs = performance.now() + (limits.maxDurationMs ?? LONGEST_WALK_MS);
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
