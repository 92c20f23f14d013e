import { useEffect, useState } from "react";
import { readTogether } from "#components/live/read-together.ts";
import { reads } from "#components/live/reads.ts";
import type { SearchResult } from "#lib/operations/search/schema.ts";

/** What the server finds; what it found before stands until then. */
export function useFound(text: string): { data: SearchResult | undefined; isLooking: boolean } {
  const [found, setFound] = useState<{ text: string; data?: SearchResult }>({ text: "" });
  const isAsked = text.length >= 2;
  useEffect(() => {
    if (!isAsked) return;
    const stop = new AbortController();
    const tell = (data?: SearchResult) => stop.signal.aborted || setFound({ text, data });
    const { key } = reads.search({ q: text });
    void readTogether<SearchResult>(key, stop.signal, false).then(tell, () => tell());
    return () => stop.abort();
  }, [text, isAsked]);
  return { data: found.data, isLooking: isAsked && found.text !== text };
}
