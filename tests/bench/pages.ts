import { chromium, type Page } from "@playwright/test";
import { findBrowser } from "#lib/bin/setup/browser.mjs";
import { printTable } from "./support/table.ts";

/**
 * How soon each page of a running demo is there, how much it moves and how fast it answers:
 * PORT=3000 npx tsx tests/bench/pages.ts, on the built product. No bound is held here. What is no
 * demo is signed in to with EMAIL and PASSWORD.
 */
const url = `http://localhost:${process.env.PORT ?? 3000}`;
const ROUNDS = Number(process.env.ROUNDS ?? 3);

const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
// tsx names functions by a helper of its own, which a page does not have.
await context.addInitScript("globalThis.__name = (value) => value;");
await context.addInitScript(observe);
const page = await context.newPage();
const rows = [await measured(page, "/login")];
const { EMAIL, PASSWORD } = process.env;
if (EMAIL) await page.getByLabel("E-mail").fill(EMAIL);
if (PASSWORD) await page.getByLabel("Password").fill(PASSWORD);
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
for (const path of await mainPages(page)) rows.push(await measured(page, path));
await browser.close();
printTable("Pages", rows);

/** Lists and settings, and one object of each kind. */
async function mainPages(page: Page): Promise<string[]> {
  const lists = ["/", "/registrations", "/courses", "/runs", "/holds", "/schedules", "/tokens"];
  const others = ["/audit", "/settings", "/settings/sessions", "/registrations/new", "/search?q=a"];
  const course = await firstLink(page, "/courses");
  const parts = ["", "/roster", "/grades", "/gradebook", "/proof", "/runs", "/settings"];
  return [
    ...lists,
    ...others,
    await firstLink(page, "/registrations"),
    await firstLink(page, "/runs"),
    ...parts.map((part) => `${course}${part}`),
  ];
}

async function firstLink(page: Page, list: string): Promise<string> {
  await page.goto(url + list);
  const id = `a[href^="${list}/"]`;
  const hrefs = await page
    .locator(`main ${id}`)
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  return hrefs.find((href) => /[0-9a-f]{8}-[0-9a-f-]{27}$/.test(href)) ?? list;
}

type Seen = { lcp: number; cls: number; inp: number };

/** The median of some loads; answers to keys and clicks are the slowest of all loads. */
async function measured(page: Page, path: string) {
  const seen: (Seen & { script: number })[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.goto(url + path, { waitUntil: "load" });
    await page.waitForTimeout(1_500);
    const script = await page.evaluate(scriptBytes);
    await interact(page);
    const { lcp, cls, inp } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
    seen.push({ lcp, cls, inp, script });
  }
  const median = (key: keyof (typeof seen)[number]) =>
    seen.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  return {
    page: path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…"),
    "LCP ms": String(Math.round(median("lcp"))),
    CLS: Math.max(...seen.map(({ cls }) => cls)).toFixed(3),
    "INP ms": String(Math.max(...seen.map(({ inp }) => inp))),
    "scripts kB": (median("script") / 1_000).toFixed(1),
  };
}

/** What every page has: keys that move the focus, a search, a menu. */
async function interact(page: Page): Promise<void> {
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press("Tab");
  const search = page.locator("main input[type=search]").first();
  if (await search.isVisible()) await search.pressSequentially("bio", { delay: 40 });
  const sort = page.locator("main th a").first();
  // A list without a match loses its head a moment later.
  if (await sort.isVisible()) await sort.click({ timeout: 2_000 }).catch(() => undefined);
  const theme = page.getByRole("button", { name: "Theme" }).first();
  if (await theme.isVisible()) {
    await theme.click();
    await page.keyboard.press("Escape");
  }
  await page.waitForTimeout(500);
}

function scriptBytes(): number {
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return entries
    .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
}

/** In the page, before anything else: the three figures as web-vitals counts them. */
function observe(): void {
  const seen: Seen = { lcp: 0, cls: 0, inp: 0 };
  Object.assign(window, { seen });
  const watch = (type: string, see: (entry: never) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => see(entry as never)))
      // Those before the observer count too.
      .observe({ type, buffered: true, ...more });
  watch("largest-contentful-paint", ({ startTime }: PerformanceEntry) => (seen.lcp = startTime));
  watch("layout-shift", ({ value, hadRecentInput }: { value: number; hadRecentInput: boolean }) => {
    if (!hadRecentInput) seen.cls += value;
  });
  watch(
    "event",
    ({ duration, interactionId }: { duration: number; interactionId: number }) => {
      if (interactionId > 0) seen.inp = Math.max(seen.inp, duration);
    },
    { durationThreshold: 16 },
  );
}
