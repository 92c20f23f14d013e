// Strings with what follows them, and the ends of objects; arrays and other values pass by.
const PARTS = /"([^"\\]*(?:\\.[^"\\]*)*)"\s*(:?)|[{}]/g;

/** A name that stands twice in one object of a text that is valid JSON, if there is one. */
export function duplicateName(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [part, text, colon] of json.matchAll(PARTS)) {
    if (part === "{") open.push(new Set());
    else if (part === "}") open.pop();
    else if (colon !== "") {
      const name = text!.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text!;
      const names = open.at(-1)!;
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return undefined;
}
