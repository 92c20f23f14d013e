import type { Exchange } from "#tests/support/platform/exchange.ts";
import type { FaultOf } from "#tests/support/platform/faults/faults.ts";
import type { ReplyHeaders } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";

type Dialect = FaultOf<"link_dialect">["as"];
type Links = { next?: URL; differences?: URL };

/** The Link header of a page, in the dialect that was commanded. */
export function linkHeaders(state: PlatformState, exchange: Exchange, links: Links): ReplyHeaders {
  const as = state.faults.take("link_dialect", exchange.facts)?.as;
  const next = nextUrl(as, exchange.request.url, links.next);
  const values = [
    ...(next === undefined ? [] : nextValues(as, next, exchange.request.url)),
    ...(links.differences ? [`<${links.differences.href}>; rel="differences"`] : []),
  ];
  if (as === "missing" || values.length === 0) return {};
  if (as === "garbage") return { Link: "<<<>;;; rel=, next" };
  if (as === "separate_headers") return { Link: values };
  return { [as === "lower_case_name" ? "link" : "Link"]: asHeaderBytes(values.join(", ")) };
}

function nextUrl(as: Dialect | undefined, asked: URL, next?: URL): string | undefined {
  if (as === "loop") return firstPage(asked).href;
  if (as === "repeat") return asked.href;
  if (!next) return undefined;
  switch (as) {
    case "relative":
      return next.pathname + next.search;
    case "cross_origin":
      return onOtherHost(next).href;
    case "drops_role":
      return withoutRole(next).href;
    case "comma_in_url":
      return `${next.href}&fields=name,email;roles,status`;
    case "amp_entity":
    case "curly_quotes_and_amp_entity":
      return next.href.replaceAll("&", "&amp;");
    default:
      return next.href;
  }
}

function nextValues(as: Dialect | undefined, next: string, asked: URL): string[] {
  const first = `<${firstPage(asked).href}>; rel="first"`;
  switch (as) {
    case "curly_quotes":
    case "curly_quotes_and_amp_entity":
      return [`<${next}>; rel=“next”`];
    case "unquoted":
      return [`<${next}>;rel=next`];
    case "single_quotes":
      return [`<${next}>; rel='next'`];
    case "upper_case_rel":
      return [`<${next}>; REL="NEXT"`];
    case "multi_rel":
      return [`<${next}>; rel="section next"`];
    case "other_params":
      return [
        `<${next}>; title="next, please; rel=\\"first\\""; rel="next"; type="application/json"`,
      ];
    case "several_links":
    case "separate_headers":
      return [`<${asked.href}>; rel="current"`, first, `<${next}>; rel="next"`];
    default:
      return [`<${next}>; rel="next"`];
  }
}

/** The same server under its other name, which is another origin. */
export function onOtherHost(url: URL): URL {
  const other = new URL(url);
  other.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return other;
}

function firstPage(asked: URL): URL {
  const url = new URL(asked);
  url.searchParams.delete("cursor");
  return url;
}

function withoutRole(next: URL): URL {
  const url = new URL(next);
  url.searchParams.delete("role");
  return url;
}

/** Node writes header text as Latin-1; platforms that send more send UTF-8 bytes. */
function asHeaderBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
