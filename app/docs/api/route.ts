import { answering } from "../../_server/rest/answer.ts";
import { publishedDocument } from "../../_server/rest/reference/document.ts";
import { indexPage } from "../../_server/rest/reference/page.ts";

/** The API for people to read; it tells nothing of what is stored, so anyone may read it. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => indexPage(await publishedDocument()));
}
