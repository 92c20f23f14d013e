import { pageCaller } from "../../../../../_server/caller.ts";
import { found } from "../../../../../_server/found.ts";
import { scoreCsvTemplate } from "#lib/operations/scores/csv/template.ts";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ courseId: string }> },
): Promise<Response> {
  const { courseId } = await params;
  const caller = await pageCaller(`/courses/${courseId}/grades`);
  const csv = await found(scoreCsvTemplate(caller, { courseId }));
  // The mark tells spreadsheets that the text is UTF-8.
  return new Response(`\uFEFF${csv}`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="scores.csv"',
      "cache-control": "no-store",
    },
  });
}
