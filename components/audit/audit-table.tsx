"use client";

import { Filter, ScrollText, X } from "lucide-react";
import Link from "next/link";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { MoreFilters } from "#components/lists/tools/more-filters.tsx";
import { DateRangeFilters } from "#components/lists/tools/date-range-filters.tsx";
import { useUrlFilters, type ListFilters } from "#components/lists/state/use-url-filters.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { shortId } from "#lib/format.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import { AuditDetail } from "./audit-detail.tsx";
import { actionWords, OBJECTS, objectWords, pageOf, SOURCES } from "./audit-words.ts";

const LESS_OFTEN = ["source", "since", "until"] as const;
const FILTERS = ["q", "actor", "action", "object", "objectId", ...LESS_OFTEN] as const;

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
      columns={columnsFor(filters.hrefWith)}
      rowKey={(entry) => entry.id}
      empty={<NoEntries />}
      filterBar={
        <>
          <SearchField
            name="q"
            label="Search the audit"
            placeholder="Act, detail, ID, address"
            value={values.q}
            onSearch={(text) => set("q", text)}
          />
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
          <MoreFilters names={LESS_OFTEN} values={values}>
            <SelectFilter
              name="source"
              label="Source"
              all="All sources"
              options={SOURCES}
              value={values.source}
              onChange={(value) => set("source", value)}
            />
            <DateRangeFilters values={values} set={set} />
          </MoreFilters>
          <OneOnly
            name="action"
            words={actionWords(values.action)}
            value={values.action}
            clear={() => set("action", "")}
          />
          <OneOnly
            name="objectId"
            words={shortId(values.objectId)}
            value={values.objectId}
            clear={() => set("objectId", "")}
          />
        </>
      }
    />
  );
}

/** What a link in a row has narrowed the list to, and the way out of it. */
function OneOnly(props: {
  name: "action" | "objectId";
  words: string;
  value: string;
  clear: () => void;
}) {
  if (!props.value) return null;
  return (
    <>
      <input type="hidden" name={props.name} value={props.value} />
      <Button size="sm" onClick={props.clear}>
        Only {props.words} <X aria-hidden />
        <span className="sr-only">: remove this filter</span>
      </Button>
    </>
  );
}

const SOURCE_WORDS = new Map(SOURCES.map(({ value, label }) => [value, label]));

function columnsFor(hrefWith: ListFilters["hrefWith"]): Column<AuditEntryView>[] {
  return [
    {
      key: "action",
      header: "What",
      isLead: true,
      cell: ({ action }) => (
        <TextLink href={hrefWith({ action })} prefetch={false} title={`Only ${action}`}>
          {actionWords(action)}
        </TextLink>
      ),
    },
    {
      key: "object",
      header: "Object",
      phone: "figure",
      cell: (entry) => <AuditObject entry={entry} hrefWith={hrefWith} />,
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
}

/** The object by name with its page, and the way to all that happened to it. */
function AuditObject(props: { entry: AuditEntryView; hrefWith: ListFilters["hrefWith"] }) {
  const { entry, hrefWith } = props;
  const href = pageOf(entry);
  const words = objectWords(entry);
  return (
    <>
      {href ? <TextLink href={href}>{words}</TextLink> : words}
      {entry.objectId && (
        <Link
          href={hrefWith({ objectId: entry.objectId })}
          prefetch={false}
          aria-label={`Only entries of ${words}`}
          className="ms-1 inline-flex size-6 items-center justify-center rounded align-middle text-muted hover:text-ink"
        >
          <Filter aria-hidden className="size-3" />
        </Link>
      )}
    </>
  );
}

function NoEntries() {
  return (
    <EmptyState icon={ScrollText} title="Nothing has been changed yet">
      Each change to a registration, a course, a key or an operator leaves an entry here.
    </EmptyState>
  );
}
