import type { Page } from "@playwright/test";
import { codeAt, stepAt } from "#lib/auth/second-factor/totp.ts";
import { fromTheConsole, type Screens } from "./addresses.ts";

const EMAIL = "ada@example.edu";
const PASSWORD = "a long and private sentence";

/** What has no folder of its own, or is reached by a link, a launch or a password first. */
export async function furtherScreens(page: Page): Promise<Screens> {
  await givenAda(page);
  const lmsUrl = await addressOfLms(page);
  return {
    "not-found": { route: "an address without a page", address: "/nothing-here" },
    "docs-api": { route: "/docs/api", address: "/docs/api", isOpen: true },
    "docs-api-runs": { route: "/docs/api/[tag]", address: "/docs/api/runs", isOpen: true },
    "password-link": {
      route: "/password/[token]",
      address: await passwordLink(page),
      isOpen: true,
    },
    "login-code": {
      route: "/login/code",
      address: "/login",
      isOpen: true,
      follow: async (page) => {
        await enterAsAda(page);
        await page.getByRole("heading", { name: "Second step" }).waitFor();
      },
    },
    "settings-account-app": {
      route: "/settings/account, an app being set up",
      address: "/settings/account",
      follow: async (page) => {
        const begin = page.getByRole("button", { name: "Set up an app" });
        if (await begin.isVisible()) await begin.click();
        await page.getByRole("button", { name: "Confirm" }).scrollIntoViewIfNeeded();
      },
    },
    "lti-course": {
      route: "/lti/course",
      address: lmsUrl,
      isOpen: true,
      follow: (page) => launch(page, lmsUrl),
    },
  };
}

/** An operator with a second factor, as the page of the first sign-in after it needs one. */
async function givenAda(page: Page): Promise<void> {
  const made = await page.request.post("/api/v1/operators", {
    headers: fromTheConsole(page),
    data: { name: "Ada", email: EMAIL, password: PASSWORD, role: "viewer" },
  });
  if (made.status() === 409) return;
  const visitor = await page.context().browser()!.newContext({ baseURL: page.url() });
  const own = await visitor.newPage();
  await own.goto("/login?returnTo=%2Fsettings%2Faccount");
  await enterAsAda(own);
  const card = own.getByRole("region", { name: "Authenticator app" });
  await card.getByRole("button", { name: "Set up an app" }).click();
  const key = (await card.locator("code").first().textContent()) ?? "";
  await card.getByLabel("Your password").fill(PASSWORD);
  const code = codeAt(key.replaceAll(" ", ""), stepAt(new Date()));
  await card.getByRole("textbox", { name: "Code" }).fill(code);
  await card.getByRole("button", { name: "Confirm" }).click();
  await card.getByText("10 codes left").waitFor();
  await visitor.close();
}

async function enterAsAda(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function passwordLink(page: Page): Promise<string> {
  const headers = fromTheConsole(page);
  const { items } = (await (await page.request.get("/api/v1/operators")).json()) as {
    items: { id: string; email: string }[];
  };
  const ada = items.find(({ email }) => email === EMAIL);
  const made = await page.request.post(`/api/v1/operators/${ada?.id}/password-link`, {
    headers,
    data: { expiresInHours: 24 },
  });
  return ((await made.json()) as { url: string }).url;
}

/** Opens Biology 101 as an instructor does in the demo's LMS. */
async function launch(page: Page, lmsUrl: string): Promise<void> {
  const plan = { clientId: "rollbook-demo", contextId: "biology-101", as: "instructor" };
  const begun = await page.request.post(`${lmsUrl}/_control/startLaunch`, { data: plan });
  await page.goto(((await begun.json()) as { url: string }).url);
  await page.waitForURL(/\/lti\/course/);
}

async function addressOfLms(page: Page): Promise<string> {
  const { demoData } = (await (await page.request.get("/api/v1/system")).json()) as {
    demoData: { lmsUrl: string };
  };
  return demoData.lmsUrl;
}
