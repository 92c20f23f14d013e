import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { cancelOperation } from "../actions.ts";
import { BulkPage } from "#components/bulk/bulk-page.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { getBulk } from "#lib/operations/bulk/bulk.ts";

export const metadata: Metadata = { title: "Bulk operation" };

export default async function OperationPage(props: { params: Promise<{ operationId: string }> }) {
  const { operationId } = await props.params;
  const caller = await pageCaller(`/operations/${operationId}`);
  const data = await found(getBulk(caller, { operationId }));
  return (
    <FirstPaint reads={[{ path: `/api/v1/operations/${operationId}`, data }]}>
      <BulkPage operationId={operationId} cancel={cancelOperation} />
    </FirstPaint>
  );
}
