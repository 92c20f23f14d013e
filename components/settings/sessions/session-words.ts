// Each names itself as the ones before it, too: the most particular comes first.
const BROWSERS = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;

const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iOS"],
  ["iPad", "iPadOS"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

/** A browser and its system, in words, from how it names itself. */
export function browserWords(named: string | null): string {
  const browser = BROWSERS.find(([mark]) => named?.includes(mark))?.[1];
  const system = SYSTEMS.find(([mark]) => named?.includes(mark))?.[1];
  if (!browser) return "Another browser";
  return system ? `${browser} on ${system}` : browser;
}
