import { type Html, html } from "../../../lti/_html/html.ts";
import { type Node, nodeAt, nodesAt, resolved, textAt } from "./node.ts";
import { prose } from "./prose.ts";

type Field = { name: string; type: string; isRequired: boolean; description: string };

/** Deeper parts are told by their type. */
const DEEPEST = 3;

/** The fields of a schema with those inside them, as a table. */
export function fieldTable(document: Node, schema: Node): Html | null {
  return tableOf(fieldsOf(document, schema, "", 0));
}

export function tableOf(fields: readonly Field[]): Html | null {
  if (fields.length === 0) return null;
  const rows = fields.map(
    ({ name, type, isRequired, description }) => html`
      <tr>
        <th scope="row"><code>${name}</code></th>
        <td>${type}${isRequired ? html`<small>required</small>` : null}</td>
        <td>${prose(description)}</td>
      </tr>
    `,
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Type</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** A parameter of a path, a query or the headers as a field. */
export function parameterField(document: Node, parameter: Node): Field {
  const schema = resolved(document, nodeAt(parameter, "schema") ?? {});
  return {
    name: textAt(parameter, "name"),
    type: typeOf(document, schema),
    isRequired: parameter["required"] === true,
    description: withDefault(schema, textAt(parameter, "description") || describe(schema)),
  };
}

function fieldsOf(document: Node, given: Node, prefix: string, depth: number): Field[] {
  const schema = bare(document, given);
  const items = nodeAt(schema, "items");
  if (items) return fieldsOf(document, items, `${prefix}[]`, depth);
  const required = Array.isArray(schema["required"]) ? (schema["required"] as string[]) : [];
  return Object.entries(nodeAt(schema, "properties") ?? {}).flatMap(([name, property]) => {
    const described = resolved(document, property as Node);
    const field = {
      name: prefix === "" ? name : `${prefix}.${name}`,
      type: typeOf(document, described),
      isRequired: required.includes(name),
      description: withDefault(described, describe(described)),
    };
    const inside = depth < DEEPEST ? fieldsOf(document, described, field.name, depth + 1) : [];
    return [field, ...inside];
  });
}

/** Without what says that it may be null. */
function bare(document: Node, given: Node): Node {
  const schema = resolved(document, given);
  const options = nodesAt(schema, "anyOf").filter((option) => option["type"] !== "null");
  return options.length === 1 ? resolved(document, options[0]!) : schema;
}

function typeOf(document: Node, given: Node): string {
  const options = nodesAt(given, "anyOf").concat(nodesAt(given, "oneOf"));
  if (options.length > 0 && typeof given["type"] !== "string")
    return [...new Set(options.map((option) => typeOf(document, resolved(document, option))))].join(
      " or ",
    );
  if (Array.isArray(given["enum"])) return (given["enum"] as string[]).join(" | ");
  if ("const" in given) return JSON.stringify(given["const"]);
  const items = nodeAt(given, "items");
  if (items) return `list of ${typeOf(document, resolved(document, items))}`;
  const types = [given["type"] ?? "any"].flat() as string[];
  const format = textAt(given, "format");
  return format === "" ? types.join(" or ") : `${types.join(" or ")} (${format})`;
}

function describe(schema: Node): string {
  return textAt(schema, "description");
}

function withDefault(schema: Node, description: string): string {
  if (!("default" in schema)) return description;
  const value = `default: \`${JSON.stringify(schema["default"])}\``;
  return description === "" ? value : `${description}; ${value}`;
}
