import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { chromium, type BrowserContextOptions, type Page } from "@playwright/test";
import { findBrowser } from "#lib/bin/setup/browser.mjs";
import { DEMO_PASSWORD } from "#lib/env.ts";
import { pagesOf, type Screens } from "./addresses.ts";
import { furtherScreens } from "./further.ts";

/**
 * The pictures of docs/screens: every page of a running demo, in light, dark and on a phone.
 * `npm run demo`, and beside it PORT=3000 npm run docs:screens.
 */
const url = `http://localhost:${process.env.PORT ?? 3000}`;
const folder = path.join(import.meta.dirname, "../../docs/screens");

const LOOKS: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", isMobile: true },
};

const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const visitor = await browser.newContext({ baseURL: url });
const page = await visitor.newPage();
await signIn(page);
const screens = { ...(await pagesOf(page)), ...(await furtherScreens(page)) };
const faults = await takeAll(screens);
await browser.close();
await writeFile(path.join(folder, "README.md"), indexOf(screens));
for (const fault of faults) console.error(fault);
console.log(`${Object.keys(screens).length} pages in ${folder}, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

async function signIn(page: Page): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill("demo@example.edu");
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
}

/** Takes the pictures; says what was wrong on a page while it did. */
async function takeAll(screens: Screens): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const faults = await Promise.all(
    Object.entries(LOOKS).map(([look, options]) => takeLook(screens, look, options)),
  );
  return faults.flat();
}

async function takeLook(
  screens: Screens,
  look: string,
  options: BrowserContextOptions,
): Promise<string[]> {
  const faults: string[] = [];
  const storageState = await visitor.storageState();
  const signedIn = await browser.newContext({ ...options, baseURL: url, storageState });
  for (const [name, { address, isOpen, follow }] of Object.entries(screens)) {
    const context = isOpen ? await browser.newContext({ ...options, baseURL: url }) : signedIn;
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`${address}: ${error.message}`));
    page.on("response", (answer) => {
      if (answer.status() >= 500) faults.push(`${address}: ${answer.status()} ${answer.url()}`);
    });
    await page.goto(address, { waitUntil: "load", timeout: 90_000 });
    await follow?.(page);
    await page.waitForTimeout(800);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (tooWide > 0) faults.push(`${address}: ${tooWide} px too wide (${look})`);
    await page.screenshot({ path: `${folder}/${name}-${look}.jpg`, quality: 60, type: "jpeg" });
    await (isOpen ? context : page).close();
  }
  await signedIn.close();
  return faults;
}

function indexOf(screens: Screens): string {
  const parts = Object.entries(screens).map(([name, { route }]) => {
    const pictures = Object.keys(LOOKS).map((look) => `![${name}, ${look}](${name}-${look}.jpg)`);
    return `## \`${route}\`\n\n${pictures.join("\n")}\n`;
  });
  return `# Screens\n\nEvery page of the demo in light, dark and on a phone. Made by \`npm run docs:screens\` beside \`npm run demo\`.\n\n${parts.join("\n")}`;
}
