"use client";

import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { lazily } from "#components/ui/lazily.tsx";
import type { SystemView } from "#lib/operations/system/schema.ts";
import type { NewsProps } from "./system-news.tsx";

const SystemNews = lazily<NewsProps>(async () => (await import("./system-news.tsx")).SystemNews);

/** What every page must say first: that nothing can be done, is being done, or is real. */
export function SystemBanner(props: Omit<NewsProps, "system">) {
  const { data: system } = useRead(reads.system({}));
  return system && hasNews(system) ? <SystemNews system={system} {...props} /> : null;
}

function hasNews({ engine, hasDemoData, paused, secretOpens }: SystemView): boolean {
  return !engine.alive || hasDemoData || paused !== null || !secretOpens;
}
