import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { recordExport } from "#lib/operations/audit/reading.ts";
import { getRun } from "#lib/operations/runs/runs.ts";
import { rosterChangesCsv } from "#lib/operations/rosters/changes-csv.ts";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ runId: string }> },
): Promise<Response> {
  const { runId } = await params;
  const caller = await pageCaller(`/runs/${runId}`);
  await found(getRun(caller, { runId }));
  await recordExport(caller, {
    list: "/runs/{runId}/roster-changes",
    filter: { runId },
    format: "csv",
  });
  const lines = rosterChangesCsv(caller, { runId });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="roster-changes.csv"`,
      "cache-control": "no-store",
    },
  });
}
