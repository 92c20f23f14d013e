import { answering } from "../../_server/rest/answer.ts";
import { readReadiness } from "#lib/operations/system/readiness.ts";
import { getRuntime } from "#lib/runtime.ts";

/** This process can do its work: its database and its workers are there. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const { db, engine } = await getRuntime();
    const { isReady, checks } = await readReadiness(db, engine);
    const status = isReady ? "ready" : "not_ready";
    return Response.json({ status, checks }, { status: isReady ? 200 : 503 });
  });
}
