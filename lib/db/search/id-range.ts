/** The lowest and the highest ID with this beginning; undefined where no ID begins so. */
export function idsBeginningWith(text: string): { from: string; to: string } | undefined {
  const digits = text.trim().toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{6,32}$/.test(digits)) return undefined;
  const spelled = (filler: string) =>
    digits.padEnd(32, filler).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { from: spelled("0"), to: spelled("f") };
}
