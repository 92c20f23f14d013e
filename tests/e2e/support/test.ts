import { createHash } from "node:crypto";
import { test as base, expect, type Page } from "@playwright/test";
import { platform } from "./platform.ts";

/** As long as the simulator's tokens: 32 bytes in base64url. */
const TOKEN_LENGTH = 43;

/** Every test also proves that no access token reached the browser. */
export const test = base.extend<{ noTokenArrives: void }>({
  noTokenArrives: [
    async ({ context }, use) => {
      const bodies: Promise<string>[] = [];
      context.on("response", (response) => {
        const headers = JSON.stringify(response.headers());
        // A redirect has no body, and an event stream that is still open gives none.
        bodies.push(
          response.text().then(
            (text) => headers + text,
            () => headers,
          ),
        );
      });
      await use();
      await context.close();
      const issued = new Set((await platform.tokens()).map((token) => token.fingerprint));
      for (const body of await Promise.all(bodies)) expect(tokensIn(body, issued)).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** What in a text is one of the tokens that the platform has issued. */
export function tokensIn(text: string, issued: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[\w-]{43,}/g)) {
    for (let start = 0; start + TOKEN_LENGTH <= run.length; start++) {
      const candidate = run.slice(start, start + TOKEN_LENGTH);
      if (issued.has(fingerprint(candidate))) found.push(candidate);
    }
  }
  return found;
}

function fingerprint(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, 12);
}

/** The number beside a figure's label on a run's page. */
export function figure(page: Page, label: string) {
  return page.locator("dl > div").filter({ hasText: label }).locator("dd").first();
}
