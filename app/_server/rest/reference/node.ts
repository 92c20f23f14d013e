/** A part of the OpenAPI document, as a reader of its JSON has it. */
export type Node = { [key: string]: Node | Node[] | string | string[] | number | boolean };

export type Operation = { method: string; path: string; node: Node };

export const textAt = (node: Node | undefined, key: string): string => {
  const value = node?.[key];
  return typeof value === "string" ? value : "";
};

export const nodeAt = (node: Node | undefined, key: string): Node | undefined => {
  const value = node?.[key];
  return typeof value === "object" && !Array.isArray(value) ? value : undefined;
};

export const nodesAt = (node: Node | undefined, key: string): Node[] => {
  const value = node?.[key];
  return Array.isArray(value) ? (value as Node[]) : [];
};

/** What a reference leads to, with what stands beside it. */
export function resolved(document: Node, node: Node): Node {
  const reference = textAt(node, "$ref");
  if (reference === "") return node;
  const target = reference
    .slice(2)
    .split("/")
    .reduce<Node | undefined>((at, part) => nodeAt(at, part), document);
  const { $ref: _, ...beside } = node;
  return { ...target, ...beside };
}

export function operationsOf(document: Node): Operation[] {
  return Object.entries(nodeAt(document, "paths") ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Node).map(([method, node]) => ({
      method: method.toUpperCase(),
      path,
      node: node as Node,
    })),
  );
}

/** A tag in an address. */
export function slugOf(tag: string): string {
  return tag.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}
