import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { paintList, type SearchParams } from "../../_server/read-filter.ts";
import { registrationOptions } from "../courses/registration-options.ts";
import { previewOperation, startOperation } from "../operations/actions.ts";
import { HoldList } from "#components/holds/hold-list.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { listHolds } from "#lib/operations/holds/holds.ts";
import { HoldFilter } from "#lib/operations/holds/schema.ts";

export const metadata: Metadata = { title: "Holds" };

export default async function HoldsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/holds");
  const reads = await paintList({
    path: "/api/v1/holds",
    schema: HoldFilter,
    searchParams: props.searchParams,
    read: (filter) => listHolds(caller, filter),
  });
  return (
    <>
      <PageHeader
        title="Holds"
        description="Removals that a sync found and did not apply, because they look like a fault."
      />
      <FirstPaint reads={reads}>
        <HoldList
          registrations={await registrationOptions(caller)}
          bulk={{ preview: previewOperation, start: startOperation }}
        />
      </FirstPaint>
    </>
  );
}
