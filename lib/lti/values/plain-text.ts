const UNKEEPABLE = /[\0\p{Surrogate}]/u;
const HALF_AT_END = /[\ud800-\udbff]$/;

/**
 * A platform's words as they can be kept, sent and shown: without NUL characters and halves of
 * surrogate pairs, which no database stores, and no longer than `most` UTF-16 units.
 */
export function plainText(text: string, most = Infinity): string {
  const cut = text.length > most ? text.slice(0, most).replace(HALF_AT_END, "") : text;
  if (!UNKEEPABLE.test(cut)) return cut;
  return cut.replaceAll("\0", "").replaceAll(/\p{Surrogate}/gu, "\ufffd");
}
