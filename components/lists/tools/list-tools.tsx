"use client";

import { Columns3, Download } from "lucide-react";
import type { ReadKey } from "#components/live/read.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Checkbox } from "#components/ui/fields/field-controls.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import type { ColumnChoice } from "../state/use-columns.ts";
import type { ViewsOf } from "./saved-views.tsx";
import { ToolPanel } from "./tool-panel.tsx";

const SavedViews = lazily<ViewsOf>(() =>
  import("./saved-views.tsx").then(({ SavedViews }) => SavedViews),
);

/** Which columns are shown, the views that were kept, and the list as a file. */
export function ListTools<Row>(props: {
  columns: Column<Row>[];
  choice: ColumnChoice;
  views?: ViewsOf;
  /** The list's own read; a file has everything that its filter matches. */
  source: ReadKey;
}) {
  const { columns, choice } = props;
  return (
    <div className="ms-auto flex gap-2">
      <ToolPanel
        label="View"
        icon={<Columns3 aria-hidden className="size-3.5" />}
        whenOpened={props.views && <SavedViews {...props.views} />}
      >
        <fieldset className="space-y-1">
          <legend className="pb-1 text-xs font-medium text-muted">Columns</legend>
          {columns
            .filter(({ isLead, isHeaderHidden }) => !isLead && !isHeaderHidden)
            .map((column) => (
              <label key={column.key} className="flex items-center gap-1.5">
                <Checkbox checked={choice.isShown(column)} onChange={() => choice.toggle(column)} />
                {column.header}
              </label>
            ))}
        </fieldset>
      </ToolPanel>
      <ToolPanel label="Export" icon={<Download aria-hidden className="size-3.5" />} isExport>
        <p className="pb-1 text-xs text-muted">Everything that the filter matches.</p>
        <ul className="space-y-1">
          {(["csv", "json"] as const).map((format) => (
            <li key={format}>
              <a
                href={exportHref(props.source, format)}
                download
                className="block rounded px-1 py-1 font-medium hover:bg-hover"
              >
                {format.toUpperCase()}
              </a>
            </li>
          ))}
        </ul>
      </ToolPanel>
    </div>
  );
}

function exportHref([path, query]: ReadKey, format: "csv" | "json"): string {
  const { cursor: _cursor, limit: _limit, ...filter } = query;
  const search = new URLSearchParams({ ...filter, format });
  return `${path.replace("/api/v1/", "/api/v1/exports/")}?${search}`;
}
