"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { cn } from "#components/ui/cn.ts";
import { formatCount } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import type { KindPart } from "./kind-parts.tsx";

type RunTab = "people" | "parts" | "events" | "raw";

/** The parts of a run; not every kind has all of them. */
export type RunParts = Partial<Record<RunTab, KindPart>> & { people: KindPart };

/** What a run consists of, part by part; each part has an address, so that it works by links. */
export function RunTabs({ run, parts }: { run: RunDetail; parts: RunParts }) {
  const asked = useSearchParams().get("tab");
  const tabs = TABS.filter((tab) => parts[tab]);
  const here = tabs.find((tab) => tab === asked) ?? "people";
  const shown = parts[here] ?? parts.people;
  return (
    <section id="parts" aria-label={`${shown.label} of this run`} className="scroll-mt-4">
      <nav aria-label="Parts of this run" className="mb-4 overflow-x-auto border-b">
        <ul className="flex gap-1">
          {tabs.map((tab) => {
            const { label, count } = parts[tab] ?? parts.people;
            return (
              <li key={tab}>
                <Link
                  href={`/runs/${run.id}${tab === "people" ? "" : `?tab=${tab}`}#parts`}
                  scroll={false}
                  aria-current={tab === here ? "page" : undefined}
                  className={cn(
                    "-mb-px flex h-9 items-center gap-1.5 border-b-2 px-3 text-sm font-medium whitespace-nowrap -outline-offset-2",
                    tab === here
                      ? "border-accent text-ink"
                      : "border-transparent text-muted hover:text-ink",
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
      {shown.content}
    </section>
  );
}

const TABS: RunTab[] = ["people", "parts", "events", "raw"];
