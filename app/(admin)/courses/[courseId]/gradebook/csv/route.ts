import { pageCaller } from "../../../../../_server/caller.ts";
import { found } from "../../../../../_server/found.ts";
import { streamed } from "../../../../../_server/rest/streams/streamed.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { gradebookCsv } from "#lib/operations/gradebook/csv.ts";
import { GradebookFilter } from "#lib/operations/gradebook/schema.ts";

const Asked = GradebookFilter.pick({ q: true, state: true });

export async function GET(
  request: Request,
  { params }: { params: Promise<{ courseId: string }> },
): Promise<Response> {
  const { courseId } = await params;
  const caller = await pageCaller(`/courses/${courseId}/gradebook`);
  await found(getCourse(caller, { courseId }));
  const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return new Response("the gradebook has no such filter", { status: 400 });
  return streamed({
    status: 200,
    pieces: gradebookCsv(caller, { courseId, ...asked.data }),
    contentType: "text/csv; charset=utf-8",
    fileName: "gradebook.csv",
  });
}
