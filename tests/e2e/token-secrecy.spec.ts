import type { Page } from "@playwright/test";
import { finishedRun, givenCourse, givenRegistration, startRun } from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { expect, test, tokensIn } from "./support/test.ts";

const EVERYTHING = [
  "/overview",
  "/registrations",
  "/courses",
  "/runs",
  "/tokens",
  "/audit",
  "/system",
  "/openapi.json",
];

test("no page, no API answer and no event carries an access token", async ({ page }) => {
  const registration = await givenRegistration("Secret College");
  const { course } = await givenCourse(registration.id, { title: "Cryptography", members: 8 });
  const stream = await fetch(`${SITE.url}/api/events`, { headers: await cookieOf(page) });
  const events = readFor(stream, 4_000);
  const run = await finishedRun((await startRun({ kind: "roster_sync", courseId: course.id })).id);
  const issued = (await platform.tokens()).filter(
    ({ clientId }) => clientId === registration.clientId,
  );
  expect(issued).toHaveLength(1);

  const fingerprints = new Set(issued.map(({ fingerprint }) => fingerprint));
  const token = `/tokens/${registration.id}`;
  const paths = [
    ...EVERYTHING,
    `/runs/${run.id}`,
    ...[token, `${token}/lives`, `${token}/requests`, `${token}/assertion`],
    ...["/exports/tokens", `/exports${token}/lives`, `/exports${token}/requests`],
  ];
  for (const path of paths) {
    const response = await fetch(`${SITE.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${SITE.apiKey}` },
    });
    expect(response.status, path).toBe(200);
    expect(tokensIn(await response.text(), fingerprints), path).toEqual([]);
  }
  expect(tokensIn(await events, fingerprints)).toEqual([]);
  expect(await events).toContain(run.id);

  const pages = ["/", "/tokens", token, `/registrations/${registration.id}/token`];
  for (const path of [...pages, `/runs/${run.id}`, `/registrations/${registration.id}`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});

test("what looks for tokens finds one inside a longer word", () => {
  const token = "a".repeat(43);
  const issued = new Set(["66d34fba71f8"]);
  expect(tokensIn(`{"token":"x${token}y"}`, issued)).toEqual([token]);
});

async function cookieOf(page: Page) {
  const cookies = await page.context().cookies();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

async function readFor(response: Response, milliseconds: number): Promise<string> {
  const reader = response.body?.getReader();
  let text = "";
  const stop = setTimeout(() => void reader?.cancel(), milliseconds);
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += new TextDecoder().decode(part.value);
  }
  clearTimeout(stop);
  return text;
}
