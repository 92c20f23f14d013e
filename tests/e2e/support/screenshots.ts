import { mkdir } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { findBrowser } from "#lib/bin/setup/browser.mjs";

/** Makes the README's pictures from a demo that is running; PORT says where. */
const url = `http://localhost:${process.env.PORT ?? 3000}`;
const folder = "docs/images";
const viewport = { width: 1280, height: 860 };

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage({ viewport });
await page.goto(`${url}/login`);
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
await take("overview");
await page.goto(`${url}/courses`);
await page.getByRole("link", { name: "Biology 101" }).click();
await page.getByRole("button", { name: /^Send \d+ scores/ }).click();
await page.waitForURL("**/runs/*");
await page
  .getByText(/^(1[0-9]|2[0-9])% *$/)
  .first()
  .waitFor({ timeout: 120_000 });
await take("run");
await page.goto(`${url}/tokens`);
await page.getByRole("heading", { name: "Demo University" }).waitFor();
await take("tokens");
await browser.close();

async function take(name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
}
