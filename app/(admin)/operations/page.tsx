import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { paintList, type SearchParams } from "../../_server/read-filter.ts";
import { BulkList } from "#components/bulk/bulk-list.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { listBulk } from "#lib/operations/bulk/bulk.ts";
import { PageQuery } from "#lib/operations/fields.ts";

export const metadata: Metadata = { title: "Bulk operations" };

export default async function OperationsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/operations");
  const reads = await paintList({
    path: "/api/v1/operations",
    schema: PageQuery,
    searchParams: props.searchParams,
    read: (filter) => listBulk(caller, filter),
  });
  return (
    <>
      <PageHeader
        title="Bulk operations"
        crumbs={[{ label: "Runs", href: "/runs" }]}
        description="What was done to everything that matched a filter, newest first."
      />
      <FirstPaint reads={reads}>
        <BulkList />
      </FirstPaint>
    </>
  );
}
