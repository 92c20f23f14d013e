import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { cancelOperation } from "../actions.ts";
import { BulkPage } from "#components/bulk/bulk-page.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";

export const metadata: Metadata = { title: "Bulk operation" };

export default async function OperationPage(props: { params: Promise<{ operationId: string }> }) {
  const { operationId } = await props.params;
  const caller = await pageCaller(`/operations/${operationId}`);
  return (
    <Prefetched reads={[await prefetch(caller, reads.operation({ operationId }))]}>
      <BulkPage operationId={operationId} cancel={cancelOperation} />
    </Prefetched>
  );
}
