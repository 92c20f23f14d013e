import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { BulkList } from "#components/bulk/bulk-list.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";

export const metadata: Metadata = { title: "Bulk operations" };

export default async function OperationsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/operations");
  const list = await prefetchList(caller, reads.operations, props.searchParams);
  return (
    <>
      <PageHeader
        title="Bulk operations"
        crumbs={[{ label: "Runs", href: "/runs" }]}
        description="What was done to everything that matched a filter, newest first."
      />
      <Prefetched reads={[list]}>
        <BulkList />
      </Prefetched>
    </>
  );
}
