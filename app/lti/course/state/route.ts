import { getLaunchedCourse } from "#lib/operations/launches/record/launched-course.ts";
import { answering } from "../../../_server/rest/answer.ts";
import { sessionTokenOf } from "../../_server/session-token.ts";
import { toolCaller } from "../../_server/tool-caller.ts";

/** How the launched course stands. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const sessionToken = sessionTokenOf(request);
    return Response.json(await getLaunchedCourse(await toolCaller(), { sessionToken }));
  });
}
