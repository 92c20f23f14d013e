// Also behind blanks and line ends, and in full width: some spreadsheets read these the same.
const BEGINS_LIKE_A_FORMULA = /^\s*[=+\-@|＝＋－＠]|^[\t\r\n]/;

/** Spreadsheets run what begins like a formula, whoever wrote it; an apostrophe makes it text. */
export function harmless(text: string): string {
  return BEGINS_LIKE_A_FORMULA.test(text) ? `'${text}` : text;
}

/** The text that `harmless` was given. */
export function withoutApostrophe(text: string): string {
  return text.startsWith("'") && BEGINS_LIKE_A_FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}
