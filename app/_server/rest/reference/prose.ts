import { type Html, html } from "../../../lti/_html/html.ts";

/** Text of the document: `code` in it, and paragraphs apart. */
export function prose(text: string): Html {
  const paragraphs = text.split(/\n\n+/).filter((each) => each.trim() !== "");
  if (paragraphs.length <= 1) return inline(text);
  return html`${paragraphs.map((each) => html`<p>${inline(each)}</p>`)}`;
}

function inline(text: string): Html {
  const parts = text.split("`");
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`,
  )}`;
}
