import { answering } from "../../../_server/rest/answer.ts";
import { openApiDocument } from "../../../_server/rest/document/document.ts";
import { ROUTES } from "../../../_server/rest/routes/index.ts";
import { VERSION } from "#lib/operations/system/system.ts";
import { getRuntime } from "#lib/runtime.ts";

/** The API in machine-readable form; it tells nothing of what is stored, so anyone may read it. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const { publicUrl } = (await getRuntime()).settings;
    return Response.json(openApiDocument(ROUTES, { version: VERSION, publicUrl }));
  });
}
