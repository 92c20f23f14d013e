import { createHash } from "node:crypto";
import { test as base, expect, type Page } from "@playwright/test";
import { platform } from "./platform.ts";

/** As long as the simulator's tokens: 32 bytes in base64url. */
const TOKEN_LENGTH = 43;

/** As browsers name it in the console. */
const POLICY_WORDS = "Content Security Policy";

/**
 * Every test also proves that no access token reached the browser, and that no page did what its
 * own policy forbids; a test that has the browser refuse something takes it out of the list.
 */
export const test = base.extend<{ noTokenArrives: void; violations: string[] }>({
  violations: [
    async ({ context }, use) => {
      const found: string[] = [];
      await context.addInitScript((words) => {
        document.addEventListener("securitypolicyviolation", (event) => {
          const { effectiveDirective, blockedURI, sample } = event;
          console.error(words, effectiveDirective, blockedURI, sample);
        });
      }, POLICY_WORDS);
      context.on("console", (message) => {
        const text = message.text();
        // To be framed by others is what they did, not what the page did.
        const isOfFrames = text.includes("frame-ancestors");
        if (text.includes(POLICY_WORDS) && !isOfFrames)
          found.push(`${message.page()?.url()}: ${text}`);
      });
      await use(found);
      expect(found).toEqual([]);
    },
    { auto: true },
  ],
  noTokenArrives: [
    async ({ context }, use) => {
      const bodies: Promise<string>[] = [];
      // What is refused to a frame never has a body, and never says so.
      const over = new Promise<void>((resolve) => {
        context.once("close", () => setTimeout(resolve, 2_000));
      });
      context.on("response", (response) => {
        const headers = JSON.stringify(response.headers());
        // A redirect has no body, and an event stream that is still open gives none.
        bodies.push(
          Promise.race([
            response.text().then(
              (text) => headers + text,
              () => headers,
            ),
            over.then(() => headers),
          ]),
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
