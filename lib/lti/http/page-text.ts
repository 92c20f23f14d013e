const HIDDEN = new Set(["head", "script", "style", "noscript", "template", "svg"]);
const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  nbsp: " ",
};
const LONGEST_READ = 200_000;

/** Whether a body is a web page. */
export function isPage(body: string): boolean {
  return /^\s*<(?:!doctype html|html)\b/i.test(body.slice(0, 200));
}

/** What a person would read of a web page: its title, and its text unless that says the same. */
export function pageText(html: string): string {
  const page = html.slice(0, LONGEST_READ);
  const title = readable(titleOf(page));
  const text = readable(textOf(page));
  if (title === "" || text.startsWith(title)) return text;
  return text === "" ? title : `${title}: ${text}`;
}

function titleOf(page: string): string {
  const lower = page.toLowerCase();
  const start = lower.indexOf("<title");
  if (start < 0) return "";
  const from = page.indexOf(">", start) + 1;
  const end = lower.indexOf("</title", from);
  return from === 0 || end < 0 ? "" : page.slice(from, end);
}

/** Everything outside of tags, and of elements that are not shown. One pass, whatever the page. */
function textOf(page: string): string {
  const lower = page.toLowerCase();
  const parts: string[] = [];
  let at = 0;
  while (at < page.length) {
    const tag = page.indexOf("<", at);
    parts.push(page.slice(at, tag < 0 ? page.length : tag));
    if (tag < 0) break;
    at = endOfTag(lower, tag);
  }
  return parts.join(" ");
}

function endOfTag(lower: string, tag: number): number {
  if (lower.startsWith("<!--", tag)) return after(lower, "-->", tag);
  const name = /^<([a-z][a-z0-9]*)/.exec(lower.slice(tag, tag + 16))?.[1];
  const end = after(lower, ">", tag);
  if (!name || !HIDDEN.has(name)) return end;
  const close = lower.indexOf(`</${name}`, end);
  return close < 0 ? lower.length : after(lower, ">", close);
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function readable(text: string): string {
  return text
    .replace(/&(#?\w{1,8});/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
}
