import { type Node, nodeAt, nodesAt, textAt, type Operation } from "./node.ts";

const SCALARS: Record<string, string> = { contextId: "1017", platformDeploymentId: "1" };

/** How a shell asks it: with the document's own example for a body. */
export function curlOf(server: string, { method, path, node }: Operation): string {
  const needed = nodesAt(node, "parameters").filter(
    (each) => each["in"] === "query" && each["required"] === true,
  );
  const query = needed.map((each) => `${textAt(each, "name")}=…`).join("&");
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => SCALARS[name] ?? `$${name}`);
  const url = `${server}${filled}${query === "" ? "" : `?${query}`}`;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${url}"`,
    `-H "Authorization: Bearer $ROLLBOOK_API_KEY"`,
    ...(method === "POST" ? [`-H "Idempotency-Key: $(uuidgen)"`] : []),
    ...bodyOf(node),
  ];
  return lines.join(" \\\n  ");
}

function bodyOf(node: Node): string[] {
  const content = nodeAt(nodeAt(node, "requestBody"), "content") ?? {};
  const [type, media] = Object.entries(content)[0] ?? [];
  if (type === undefined) return [];
  const example = (media as Node)["example"];
  const text = typeof example === "string" ? example : JSON.stringify(example, null, 2);
  return [`-H "Content-Type: ${type}"`, `--data-binary '${text.replaceAll("'", "'\\''")}'`];
}
