import openapiTS, { astToString } from "openapi-typescript";
import { openApiDocument } from "../../../../app/_server/rest/document/document.ts";
import { ROUTES } from "../../../../app/_server/rest/routes/index.ts";

/** The document as a reader of its JSON has it. */
export function writtenDocument(): object {
  const about = { version: "1.2.3", publicUrl: "https://rollbook.example.edu" };
  return JSON.parse(JSON.stringify(openApiDocument(ROUTES, about))) as object;
}

export const CLIENT_TYPES = "lib/client/api.ts";

/** The types of the client, made of the document. */
export async function clientTypes(): Promise<string> {
  // A field with a default may be left out of a request.
  const tree = await openapiTS(writtenDocument() as never, { defaultNonNullable: false });
  return `/** Made from the OpenAPI document by \`npm run client\`. */\n${astToString(tree)}`;
}
