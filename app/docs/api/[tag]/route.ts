import { answering } from "../../../_server/rest/answer.ts";
import { publishedDocument } from "../../../_server/rest/reference/document.ts";
import { tagPage } from "../../../_server/rest/reference/page.ts";
import { PathUnknown } from "../../../_server/rest/errors.ts";

type Context = { params: Promise<{ tag: string }> };

/** The operations of one tag, with their parameters, bodies, answers and errors. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(request, async () => {
    const { tag } = await params;
    const page = tagPage(await publishedDocument(), tag);
    if (!page) throw new PathUnknown();
    return page;
  });
}
