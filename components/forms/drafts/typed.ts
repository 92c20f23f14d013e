/** What was typed over an older version must not pass for an edit of the newer one. */
export function keepVersion(form: HTMLFormElement | null, draft: string): void {
  const version = new URLSearchParams(draft).get("version");
  const field = form?.elements.namedItem("version");
  if (version !== null && field instanceof HTMLInputElement) field.value = version;
}

/** A form's texts, as an address has them. */
export function textOf(entries: FormData): string {
  const texts = [...entries].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return new URLSearchParams(texts.filter(([field]) => !field.startsWith("$ACTION"))).toString();
}
