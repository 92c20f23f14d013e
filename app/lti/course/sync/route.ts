import { startLaunchedSync } from "#lib/operations/launches/record/launched-course.ts";
import { LaunchedSync } from "#lib/operations/launches/schema.ts";
import { validated } from "#lib/operations/validated.ts";
import { answering } from "../../../_server/rest/answer.ts";
import { readJsonBody } from "../../../_server/rest/input/read-body.ts";
import { sessionTokenOf } from "../../_server/session-token.ts";
import { toolCaller } from "../../_server/tool-caller.ts";

/** Starts a sync of the launched course. */
export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const sessionToken = sessionTokenOf(request);
    const { kind } = validated(LaunchedSync, await readJsonBody(request));
    const course = await startLaunchedSync(await toolCaller(), { sessionToken, kind });
    return Response.json(course, { status: 202 });
  });
}
