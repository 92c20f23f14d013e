"use client";

import { ScrollText } from "lucide-react";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { Column } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import { AuditDetail } from "./audit-detail.tsx";
import { actionWords, OBJECTS, objectName, pageOf, SOURCES } from "./audit-words.ts";

const FILTERS = ["actor", "object", "source", "objectId"] as const;

export function AuditTable() {
  const filters = useUrlFilters(FILTERS);
  const { values, set } = filters;
  const source = reads.audit(filters.query);
  const list = useRead(source);
  return (
    <LiveList
      caption="Entries"
      list={list}
      source={source}
      views="audit"
      defaultSort="-at"
      filters={filters}
      columns={COLUMNS}
      rowKey={(entry) => entry.id}
      empty={<NoEntries />}
      filterBar={
        <>
          <SearchField
            name="actor"
            label="Search by name of who did it"
            placeholder="Who"
            value={values.actor}
            onSearch={(text) => set("actor", text)}
          />
          <SelectFilter
            name="object"
            label="Object"
            all="All objects"
            options={OBJECTS}
            value={values.object}
            onChange={(value) => set("object", value)}
          />
          <SelectFilter
            name="source"
            label="Source"
            all="All sources"
            options={SOURCES}
            value={values.source}
            onChange={(value) => set("source", value)}
          />
        </>
      }
    />
  );
}

const SOURCE_WORDS = new Map(SOURCES.map(({ value, label }) => [value, label]));

const COLUMNS: Column<AuditEntryView>[] = [
  {
    key: "action",
    header: "What",
    isLead: true,
    cell: (entry) => (
      <span className="font-medium" title={entry.action}>
        {actionWords(entry.action)}
      </span>
    ),
  },
  {
    key: "object",
    header: "Object",
    phone: "figure",
    cell: (entry) => {
      const href = pageOf(entry);
      const name = objectName(entry);
      return href ? <TextLink href={href}>{name}</TextLink> : name;
    },
  },
  {
    key: "detail",
    header: "Detail",
    cell: ({ detail }) => <AuditDetail detail={detail} />,
  },
  {
    key: "actor",
    header: "Who",
    cell: ({ actor, source }) => (
      <>
        {actor}
        <span className="text-xs text-muted"> {SOURCE_WORDS.get(source)}</span>
      </>
    ),
  },
  {
    key: "at",
    header: "When",
    sort: "at",
    phone: "state",
    align: "end",
    cell: ({ at }) => <RelativeTime at={at} />,
  },
];

function NoEntries() {
  return (
    <EmptyState icon={ScrollText} title="Nothing has been changed yet">
      Each change to a registration, a course, a key or an operator leaves an entry here.
    </EmptyState>
  );
}
