"use client";

import type { Option } from "#components/forms/fields/select-field.tsx";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { type Column, DataTable } from "#components/ui/tables/data-table.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import type { ErasedPerson } from "#lib/operations/privacy/schema.ts";

/** Who was erased, by what stands in place of the user ID. */
export function ErasedPeople({ registrations }: { registrations: Option[] }) {
  const read = useRead(reads.erasedPeople({}));
  return (
    <Card aria-labelledby="erased-title">
      <CardHeader
        id="erased-title"
        title="Erased people"
        description="Kept as a hash, so that a roster which lists one of them again is noticed."
      />
      <ReadState of={read} errorClassName="p-3" waiting={<SkeletonRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <CardBody>
              <p className="text-muted">Nobody was erased.</p>
            </CardBody>
          ) : (
            <DataTable
              caption="Erased people"
              columns={columnsWith(registrations)}
              rows={items}
              rowKey={({ id }) => id}
            />
          )
        }
      </ReadState>
    </Card>
  );
}

const columnsWith = (registrations: Option[]): Column<ErasedPerson>[] => [
  {
    key: "pseudonym",
    header: "Now called",
    isLead: true,
    cell: ({ pseudonym, listedAgainAt }) => (
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-xs">{pseudonym}</span>
        {listedAgainAt !== null && <Badge>Listed again</Badge>}
      </span>
    ),
  },
  {
    key: "registration",
    header: "Registration",
    cell: ({ registrationId }) =>
      registrations.find(({ value }) => value === registrationId)?.label ?? registrationId,
  },
  {
    key: "touched",
    header: "Rows changed",
    cell: ({ touched }) => (
      <span
        title={Object.entries(touched)
          .map(([table, rows]) => `${table}: ${rows}`)
          .join(", ")}
      >
        {Object.values(touched).reduce((sum, rows) => sum + rows, 0)}
      </span>
    ),
  },
  { key: "by", header: "By", cell: ({ erasedBy }) => erasedBy },
  { key: "at", header: "When", cell: ({ erasedAt }) => <RelativeTime at={erasedAt} /> },
];
