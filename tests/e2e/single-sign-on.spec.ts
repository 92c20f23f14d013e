import type { Browser, Page } from "@playwright/test";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  startProvider,
  CLIENT,
  type TestProvider,
} from "#tests/support/single-sign-on/provider.ts";
import { expectAccessible } from "./support/accessible.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

const PASSWORD = "a password that was chosen";
const GROUPS = ["viewer", "operator", "admin"] as const;
let provider: TestProvider;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  const person = (name: string, groups: string[]) => ({
    email: `${name}@university.example`,
    email_verified: true,
    name: `Sso ${name}`,
    groups,
  });
  const people = Object.fromEntries(GROUPS.map((each) => [each, person(each, [`rb-${each}`])]));
  people.stranger = person("stranger", []);
  provider = await startProvider({ redirectUri: `${SITE.url}/login/callback`, people });
});
test.afterAll(() => provider.stop());

/** A browser that nobody has signed in with. */
async function stranger(browser: Browser, options = {}): Promise<Page> {
  const context = await browser.newContext({
    ...options,
    storageState: { cookies: [], origins: [] },
  });
  return context.newPage();
}

async function signInAtProvider(page: Page, login: string): Promise<void> {
  await page.goto(`${SITE.url}/login?returnTo=/runs`);
  await page.getByRole("link", { name: "University login" }).click();
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("x");
  await page.getByRole("button", { name: "Sign-in" }).click();
}

test("an admin sets the provider up, tests it, and adds a rule for each role", async ({ page }) => {
  await page.goto("/settings/single-sign-on");
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByLabel("Issuer").fill(provider.issuer);
  await page.getByLabel("Client ID").fill(CLIENT.clientId);
  await page.getByLabel("Client secret").fill(CLIENT.clientSecret);
  await page.getByLabel("Words on the button").fill("University login");
  await page.getByLabel("Scopes").fill("openid email profile groups");
  for (const [index, role] of GROUPS.entries()) {
    await page.getByRole("button", { name: "Add a rule" }).click();
    const rule = page.getByRole("group", { name: `Rule ${index + 1}` });
    await rule.getByLabel("Value").fill(`rb-${role}`);
    await rule.getByLabel("Role").selectOption(role);
  }
  await page.getByRole("button", { name: "Save single sign-on" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Test it, then sign in" })).toBeVisible();
  await page.getByRole("button", { name: "Test the provider" }).click();
  const found = page.getByRole("status").filter({ hasText: "The provider answers" });
  await expect(found).toContainText("provider-1 (RS256)");
  await expectAccessible(page);
});

for (const role of GROUPS)
  test(`the provider's word makes a ${role}, without JavaScript at our end`, async ({
    browser,
  }) => {
    const page = await stranger(browser, { javaScriptEnabled: false });
    await signInAtProvider(page, role);
    await expect(page).toHaveURL(`${SITE.url}/runs`);
    await page.goto(`${SITE.url}/settings`);
    const forAdmins = page.getByRole("region", { name: "Operators" });
    await expect(forAdmins).toHaveCount(role === "admin" ? 1 : 0);
    await page.goto(`${SITE.url}/settings/sessions`);
    await expect(page.getByText("This one")).toHaveCount(role === "admin" ? 2 : 1);
    await page.context().close();
  });

test("whom no rule lets in is told so", async ({ browser }) => {
  const page = await stranger(browser);
  await signInAtProvider(page, "stranger");
  const refusal = page.getByRole("alert").filter({ hasText: "you are not invited here" });
  await expect(refusal).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});

test("without passwords, a typing error locks nobody out; the server lets an admin back in", async ({
  browser,
  page,
}) => {
  await page.goto("/settings/single-sign-on");
  await page.getByRole("switch", { name: "Single sign-on only" }).click();
  await page.getByRole("button", { name: "Save single sign-on" }).click();
  await expect(
    page.getByRole("status").filter({ hasText: "Nobody signs in with a password" }),
  ).toBeVisible();
  const other = await stranger(browser);
  await other.goto(`${SITE.url}/login`);
  await expect(other.getByRole("link", { name: "University login" })).toBeVisible();
  await expect(other.getByLabel("Password")).toHaveCount(0);

  const clientId = page.getByLabel("Client ID");
  await clientId.fill("rolbook");
  await page.getByRole("button", { name: "Save single sign-on" }).click();
  await expect(page.getByText("Passwords still work").first()).toBeVisible();
  await other.reload();
  await expect(other.getByLabel("Password")).toBeVisible();
  await clientId.fill(CLIENT.clientId);
  await page.getByRole("button", { name: "Save single sign-on" }).click();
  await expect(page.getByText("Passwords still work")).toHaveCount(0);
  await expect(
    page.getByRole("status").filter({ hasText: "Nobody signs in with a password" }),
  ).toBeVisible();
  await other.reload();
  await expect(other.getByLabel("Password")).toHaveCount(0);

  // The provider is away for good: an admin goes to the server.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "lib/bin/let-in.ts", "admin@university.example"],
    { env: { ...process.env, ...SITE_ENVIRONMENT } },
  );
  await other.goto(/http\S+/.exec(stdout)![0]);
  await other.getByLabel("New password").fill(PASSWORD);
  await other.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(other.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await other.context().close();

  // As the other specs found it.
  await page.reload();
  await page.getByRole("switch", { name: "Single sign-on only" }).click();
  await page.getByLabel("Issuer").fill("");
  await page.getByRole("button", { name: "Save single sign-on" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Single sign-on is off" })).toBeVisible();
});

const SITE_ENVIRONMENT = {
  PORT: String(SITE.port),
  ROLLBOOK_DATA_DIR: SITE.dataDir,
  ROLLBOOK_SECRET: SITE.secret,
  ROLLBOOK_ALLOW_PRIVATE_NETWORK: "on",
};
