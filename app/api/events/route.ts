import { answering } from "../../_server/rest/answer.ts";
import { openChangeStream } from "../../_server/rest/change-stream.ts";
import { identify } from "../../_server/rest/identify.ts";
import { NotSignedIn } from "#lib/operations/errors.ts";
import { getRuntime } from "#lib/runtime.ts";

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Says that something has changed, for as long as who asked may know. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const runtime = await getRuntime();
    await identify(request, runtime);
    const changes = openChangeStream({
      subscribe: runtime.changes.subscribe,
      signal: request.signal,
      // A database that does not answer just now proves nothing against the reader.
      isStillWelcome: () =>
        identify(request, runtime).then(
          () => true,
          (error: unknown) => !(error instanceof NotSignedIn),
        ),
    });
    return new Response(changes, { headers: HEADERS });
  });
}
