import { VERSION } from "#lib/operations/system/system.ts";
import { getRuntime } from "#lib/runtime.ts";
import { openApiDocument } from "../document/document.ts";
import { ROUTES } from "../routes/index.ts";
import type { Node } from "./node.ts";

/** As its readers get it: the reference is made of the document that is published. */
export async function publishedDocument(): Promise<Node> {
  const { publicUrl } = (await getRuntime()).settings;
  const document = openApiDocument(ROUTES, { version: VERSION, publicUrl });
  return JSON.parse(JSON.stringify(document)) as Node;
}
