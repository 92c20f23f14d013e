"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { formatCount } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";

export type RunTab = "people" | "parts" | "events" | "raw";

/** What a run consists of, part by part; each part has an address, so that it works by links. */
export function RunTabs({ run, parts }: { run: RunDetail; parts: Record<RunTab, ReactNode> }) {
  const here = tabOf(useSearchParams().get("tab"));
  return (
    <section
      id="parts"
      aria-label={`${WORDS[here](run).label} of this run`}
      className="scroll-mt-4"
    >
      <nav aria-label="Parts of this run" className="mb-4 overflow-x-auto border-b">
        <ul className="flex gap-1">
          {TABS.map((tab) => {
            const { label, count } = WORDS[tab](run);
            return (
              <li key={tab}>
                <Link
                  href={`/runs/${run.id}${tab === "people" ? "" : `?tab=${tab}`}#parts`}
                  scroll={false}
                  aria-current={tab === here ? "page" : undefined}
                  className={cn(
                    "-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-muted -outline-offset-2 hover:text-ink",
                    tab === here && "border-accent text-ink",
                  )}
                >
                  {label}
                  {count !== undefined && (
                    <span className="text-xs text-muted tabular-nums">{formatCount(count)}</span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      {parts[here]}
    </section>
  );
}

const TABS: RunTab[] = ["people", "parts", "events", "raw"];

const WORDS: Record<RunTab, (run: RunDetail) => { label: string; count?: number }> = {
  people: () => ({ label: "People" }),
  parts: ({ kind, batches, courses }) =>
    kind === "grade_sync"
      ? { label: "Batches", count: batches.length }
      : { label: "Courses", count: courses.length },
  events: ({ events }) => ({ label: "Events", count: events.length }),
  raw: () => ({ label: "Raw" }),
};

function tabOf(asked: string | null): RunTab {
  return TABS.find((tab) => tab === asked) ?? "people";
}
