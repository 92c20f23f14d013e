import { startLaunchedSync } from "#lib/operations/launches/record/launched-course.ts";
import { RunKind } from "#lib/operations/runs/schema.ts";
import { validated } from "#lib/operations/validated.ts";
import { answering } from "../../../_server/rest/answer.ts";
import { readJsonBody } from "../../../_server/rest/input/read-body.ts";
import { sessionTokenOf } from "../../_server/session-token.ts";
import { toolCaller } from "../../_server/tool-caller.ts";
import { z } from "zod";

const Sync = z.strictObject({ kind: RunKind });

/** Starts a sync of the launched course. */
export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const sessionToken = sessionTokenOf(request);
    const { kind } = validated(Sync, await readJsonBody(request));
    const course = await startLaunchedSync(await toolCaller(), { sessionToken, kind });
    return Response.json(course, { status: 202 });
  });
}
