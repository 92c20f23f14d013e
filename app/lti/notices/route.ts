import { after } from "next/server";
import { adoptColumns } from "#lib/operations/line-items/copied-columns.ts";
import { receiveNotices } from "#lib/operations/launches/notices.ts";
import { answering } from "../../_server/rest/answer.ts";
import { parseJson } from "../../_server/rest/input/read-body.ts";
import { readText } from "../_server/read-form.ts";
import { toolCaller } from "../_server/tool-caller.ts";

const MOST_BYTES = 1_000_000;

/** Notices of the Platform Notification Service 1.0 §3.5; platforms may send one twice. */
export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const body = parseJson(Buffer.from(await readText(request, MOST_BYTES)));
    const caller = await toolCaller();
    const { received, repeated, copiedCourseIds } = await receiveNotices(caller, body);
    after(async () => {
      for (const courseId of copiedCourseIds) await adoptColumns(caller, courseId);
    });
    return Response.json({ received, repeated });
  });
}
