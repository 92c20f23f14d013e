import { createHash } from "node:crypto";
import { Html, html } from "../../../lti/_html/html.ts";
import { curlOf } from "./curl.ts";
import { fieldTable, parameterField, tableOf } from "./fields.ts";
import {
  type Node,
  nodeAt,
  nodesAt,
  type Operation,
  operationsOf,
  resolved,
  slugOf,
  textAt,
} from "./node.ts";
import { prose } from "./prose.ts";
import { STYLE } from "./style.ts";

const ROOT = "/docs/api";

/** The page of all operations by their tag. */
export function indexPage(document: Node): Response {
  const info = nodeAt(document, "info");
  const body = html`
    <h1>API reference</h1>
    <p class="muted">
      Version ${textAt(info, "version")} · <a href="/api/v1/openapi.json">OpenAPI document</a> ·
      base address <code>${serverOf(document)}</code>
    </p>
    ${prose(textAt(info, "description"))}
    ${tagsOf(document).map(
      ({ name, description, operations }) => html`
        <section>
          <h2><a href="${ROOT}/${slugOf(name)}">${name}</a></h2>
          <p class="muted">${description}</p>
          <ul>
            ${operations.map(
              ({ method, path, node }) =>
                html`<li>
                  <a href="${ROOT}/${slugOf(name)}#${textAt(node, "operationId")}"
                    ><b>${method}</b> <code>${path}</code></a
                  >
                  ${textAt(node, "summary")}
                </li>`,
            )}
          </ul>
        </section>
      `,
    )}
  `;
  return pageOf("API reference", { document, body });
}

/** The page of one tag, with everything about its operations; null where there is no such tag. */
export function tagPage(document: Node, slug: string): Response | null {
  const tag = tagsOf(document).find(({ name }) => slugOf(name) === slug);
  if (!tag) return null;
  const body = html`
    <h1>${tag.name}</h1>
    <p class="muted">${tag.description}</p>
    ${tag.operations.map((operation) => operationSection(document, operation))}
  `;
  return pageOf(tag.name, { document, body, current: tag.name });
}

function operationSection(document: Node, operation: Operation): Html {
  const { method, path, node } = operation;
  const id = textAt(node, "operationId");
  const parameters = nodesAt(node, "parameters").map((each) => resolved(document, each));
  const of = (place: string) =>
    tableOf(
      parameters
        .filter((each) => each["in"] === place)
        .map((each) => parameterField(document, each)),
    );
  const part = (title: string, content: Html | null) =>
    content === null
      ? null
      : html`<h3>${title}</h3>
          ${content}`;
  return html`<section id="${id}">
    <h2><a href="#${id}">${textAt(node, "summary")}</a></h2>
    <p class="route"><b>${method}</b> <code>${path}</code></p>
    ${prose(textAt(node, "description"))} ${part("Path", of("path"))} ${part("Query", of("query"))}
    ${part("Headers", of("header"))} ${part("Body", bodyOf(document, node))}
    ${answersOf(document, node)}
    <h3>curl</h3>
    <pre>${curlOf(serverOf(document), operation)}</pre>
  </section>`;
}

function bodyOf(document: Node, node: Node): Html | null {
  const content = nodeAt(nodeAt(node, "requestBody"), "content");
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  if (type === undefined) return null;
  const table = fieldTable(document, nodeAt(media as Node, "schema") ?? {});
  return html`<p><code>${type}</code></p>
    ${table}`;
}

/** What comes when it went well with its fields, and what may go wrong. */
function answersOf(document: Node, node: Node): Html {
  const answers = Object.entries(nodeAt(node, "responses") ?? {}).map(([status, answer]) => ({
    status,
    answer: resolved(document, answer as Node),
  }));
  const went = answers.filter(({ status }) => Number(status) < 400);
  const wrong = answers.filter(({ status }) => Number(status) >= 400);
  return html`${went.map(({ status, answer }) => {
      const media = nodeAt(nodeAt(answer, "content"), "application/json");
      return html`<h3>${status} ${textAt(answer, "description")}</h3>
        ${fieldTable(document, nodeAt(media, "schema") ?? {})}`;
    })}
    <h3>Errors</h3>
    <ul>
      ${wrong.map(
        ({ status, answer }) =>
          html`<li><b>${status}</b> ${prose(textAt(answer, "description"))}</li>`,
      )}
    </ul>`;
}

type TagPart = { name: string; description: string; operations: Operation[] };

function tagsOf(document: Node): TagPart[] {
  const operations = operationsOf(document);
  return nodesAt(document, "tags").map((tag) => {
    const name = textAt(tag, "name");
    const own = operations.filter(({ node }) => (node["tags"] as string[]).includes(name));
    return { name, description: textAt(tag, "description"), operations: own };
  });
}

function serverOf(document: Node): string {
  return textAt(nodesAt(document, "servers")[0], "url");
}

type Page = { document: Node; body: Html; current?: string };

function pageOf(title: string, { document, body, current }: Page): Response {
  const link = (name: string) =>
    html`<a href="${ROOT}/${slugOf(name)}" ${name === current ? html`aria-current="page"` : null}
      >${name}</a
    >`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Rollbook</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <nav aria-label="API reference">
          <a href="/">Rollbook</a>
          <a href="${ROOT}" ${current === undefined ? html`aria-current="page"` : null}>Overview</a>
          ${tagsOf(document).map(({ name }) => link(name))}
        </nav>
        <main>${body}</main>
      </body>
    </html>`;
  return new Response(page.text, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "x-frame-options": "DENY",
    },
  });
}

const HASH = createHash("sha256").update(STYLE).digest("base64");

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
