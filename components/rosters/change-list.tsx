"use client";

import { Equal } from "lucide-react";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { CHANGE_COLUMNS, CHANGE_COLUMNS_BY_COURSE } from "./change-columns.tsx";
import { KIND_WORDS, noChangesWords } from "./change-words.ts";

/** Who was added, changed or removed by a run, or would be by a preview, field by field. */
export function RosterChanges({ run, isActive }: { run: RunView; isActive: boolean }) {
  const filters = useUrlFilters(["kind"]);
  const source = reads.rosterChanges({ runId: run.id, ...filters.query });
  const list = useRead(source, isActive);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">
          {run.isPreview ? "What would change" : "What changed"}
        </h2>
        {(list.data?.total ?? 0) > 0 && (
          <Button size="sm" asChild>
            <a href={`/runs/${run.id}/roster-changes.csv`} download>
              Download CSV
            </a>
          </Button>
        )}
      </div>
      <LiveList
        caption="Roster changes"
        list={list}
        source={source}
        defaultSort="at"
        filters={filters}
        columns={run.courseId === null ? CHANGE_COLUMNS_BY_COURSE : CHANGE_COLUMNS}
        rowKey={(change) => change.id}
        filterBar={
          <SelectFilter
            name="kind"
            label="Change"
            all="All changes"
            options={Object.entries(KIND_WORDS).map(([value, { done, planned }]) => ({
              value,
              label: run.isPreview ? planned : done,
            }))}
            value={filters.values.kind}
            onChange={(kind) => filters.set("kind", kind)}
          />
        }
        empty={
          <EmptyState icon={Equal} title={isActive ? "Nothing so far" : "No single changes"}>
            {noChangesWords(isActive, run.members.added)}
          </EmptyState>
        }
      />
    </div>
  );
}
