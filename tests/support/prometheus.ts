/**
 * The value of the one sample of a metric with exactly these labels, out of a scrape.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function sampleOf(
  text: string,
  name: string,
  labels: Record<string, string>,
): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).sort());
  for (const line of text.split("\n")) {
    const [, found, inner = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (found !== name) continue;
    const pairs = [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [
      key,
      text,
    ]);
    if (JSON.stringify(pairs.sort()) === wanted) return Number(value);
  }
  return undefined;
}
