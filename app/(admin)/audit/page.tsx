import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { paintList, type SearchParams } from "../../_server/read-filter.ts";
import { AuditTable } from "#components/audit/audit-table.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { listAuditEntries } from "#lib/operations/audit/record.ts";
import { AuditFilter } from "#lib/operations/operators/schema.ts";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/audit");
  const reads = await paintList({
    path: "/api/v1/audit",
    schema: AuditFilter,
    searchParams: props.searchParams,
    read: (filter) => listAuditEntries(caller, filter),
  });
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who changed what, written in the same transaction as the change itself. Entries are kept for good."
      />
      <FirstPaint reads={reads}>
        <AuditTable />
      </FirstPaint>
    </>
  );
}
