"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { SystemView } from "#lib/operations/system/schema.ts";
import { SystemNews } from "./system-news.tsx";

/** What every page must say first: that nothing can be done, is being done, or is real. */
export function SystemBanner(props: { removeDemoData: FormAction; resumeEverything: FormAction }) {
  const { data: system } = useRead(reads.system({}));
  if (!system || !hasNews(system)) return null;
  return (
    <section aria-label="Installation" className="space-y-2 px-4 pt-4 sm:px-6 lg:px-8">
      <SystemNews system={system} {...props} />
    </section>
  );
}

function hasNews({ engine, hasDemoData, paused, secretOpens }: SystemView): boolean {
  return !engine.alive || hasDemoData || paused !== null || !secretOpens;
}
