/** Markup that is safe to send: whatever was put into it as a value is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | Html[] | null | false;

/** Builds markup; values are escaped, markup among them is not escaped twice. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const text = parts.reduce((sum, part, index) => sum + part + textOf(values[index] ?? null), "");
  return new Html(text);
}

/** A value for a script in the page; `</script>` in it ends nothing. */
export function scriptValue(value: unknown): string {
  const json = JSON.stringify(value);
  return json.replace(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function textOf(value: Value): string {
  if (value === null || value === false) return "";
  if (Array.isArray(value)) return value.map(({ text }) => text).join("");
  return value instanceof Html ? value.text : escape(String(value));
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
