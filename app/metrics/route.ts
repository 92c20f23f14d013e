import { answering } from "../_server/rest/answer.ts";
import { identify } from "../_server/rest/identify.ts";
import { readMetrics } from "#lib/operations/metrics/read-metrics.ts";
import { getRuntime } from "#lib/runtime.ts";

/** For Prometheus, with an API key as bearer token. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async (origin) => {
    const runtime = await getRuntime();
    const actor = await identify(request, runtime, origin);
    const { text, contentType } = await readMetrics(runtime.askerFor(actor, origin), runtime);
    return new Response(text, { headers: { "content-type": contentType } });
  });
}
