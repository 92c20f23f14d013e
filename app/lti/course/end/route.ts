import { endLaunch } from "#lib/operations/launches/session/launch-session.ts";
import { answering } from "../../../_server/rest/answer.ts";
import { sessionTokenOf } from "../../_server/session-token.ts";
import { toolCaller } from "../../_server/tool-caller.ts";

/** The instructor is done with the page. */
export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const sessionToken = sessionTokenOf(request);
    await endLaunch(await toolCaller(), { sessionToken });
    return Response.json({ ended: true });
  });
}
