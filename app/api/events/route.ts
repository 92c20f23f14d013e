import { isDeepStrictEqual } from "node:util";
import { answering } from "../../_server/rest/answer.ts";
import { openChangeStream } from "../../_server/rest/streams/change-stream.ts";
import { takeStream } from "../../_server/rest/streams/stream-share.ts";
import { identify } from "../../_server/rest/identify.ts";
import type { Change } from "#lib/db/changes.ts";
import { NotSignedIn } from "#lib/operations/errors.ts";
import { watchChanges, type Watched } from "#lib/operations/system/watch.ts";
import { getRuntime } from "#lib/runtime.ts";

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Clocks of two processes differ by a little; what is said twice does no harm. */
const CLOCK_MARGIN_MS = 2_000;

/**
 * Says that something has changed, for as long as who asked may know: from now on, or from
 * `?since=` on, in milliseconds of UTC.
 */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async (origin) => {
    const runtime = await getRuntime();
    const actor = await identify(request, runtime, origin);
    const watched = await watchChanges(runtime.askerFor(actor, origin), runtime.changes);
    const missed = await missedBy(request, watched);
    const changes = openChangeStream({
      subscribe: watched.subscribe,
      ...missed,
      onEnd: takeStream(actor),
      signal: request.signal,
      // A database that does not answer just now proves nothing against the reader.
      isStillWelcome: () =>
        identify(request, runtime, origin).then(
          // Who may see something else now begins again.
          (now) => isDeepStrictEqual(now, actor),
          (error: unknown) => !(error instanceof NotSignedIn),
        ),
    });
    return new Response(changes, { headers: HEADERS });
  });
}

async function missedBy(request: Request, watched: Watched): Promise<{ missed?: Change[] }> {
  const since = new URL(request.url).searchParams.get("since");
  if (since === null) return {};
  return { missed: await watched.since(Number(since) - CLOCK_MARGIN_MS) };
}
