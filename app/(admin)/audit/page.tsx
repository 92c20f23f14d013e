import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { AuditTable } from "#components/audit/audit-table.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { mayDo } from "#lib/operations/permit.ts";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/audit");
  if (!mayDo(caller.actor, "admin"))
    return (
      <PageHeader title="Audit" description="Only an admin of this installation reads the audit." />
    );
  const list = await prefetchList(caller, reads.audit, props.searchParams);
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who changed what, written in the same transaction as the change itself. Entries are kept for good."
      />
      <Prefetched reads={[list]}>
        <AuditTable />
      </Prefetched>
    </>
  );
}
