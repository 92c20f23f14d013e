import type { Browser, CDPSession, Page } from "@playwright/test";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { querySql } from "#tests/support/database.ts";
import { expectAccessible } from "./support/accessible.ts";
import { givenOperator, setSignInRules } from "./support/api.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

const PASSWORD = "a password of the tests";
const NOBODY = { storageState: { cookies: [], origins: [] } };

/** A browser whose device makes passkeys, and asks for a PIN that is always right. */
async function withDevice(browser: Browser) {
  const context = await browser.newContext(NOBODY);
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { context, page, device, authenticatorId };
}

async function enter(page: Page, email: string, returnTo = "/settings/account"): Promise<void> {
  await page.goto(`/login?returnTo=${encodeURIComponent(returnTo)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const cardOf = (page: Page) => page.getByRole("region", { name: "Passkeys" });

async function add(page: Page, name: string): Promise<void> {
  const card = cardOf(page);
  await card.getByLabel("Name of a new passkey").fill(name);
  await card.getByRole("button", { name: "Add a passkey" }).click();
  await expect(card.getByRole("listitem").filter({ hasText: name })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  // The look at a page's accessibility ends on a narrow screen, where the button is folded away.
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

/** As if the last proof were two days old, which no setting allows. */
async function letProofAge(email: string): Promise<void> {
  const database = await startEmbedded(SITE.dataDir);
  await querySql(
    database.url,
    `UPDATE session SET proven_at = now() - interval '2 days'
      WHERE user_id = (SELECT id FROM "user" WHERE email = '${email}')`,
  );
  await database.stop();
}

const verifying = (device: CDPSession, authenticatorId: string, isUserVerified: boolean) =>
  device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });

test("a passkey is added, opens the console, confirms an act, is renamed and removed", async ({
  browser,
}) => {
  const email = await givenOperator("admin", PASSWORD);
  const { context, page, device, authenticatorId } = await withDevice(browser);
  await enter(page, email);
  await add(page, "my laptop");
  await expectAccessible(page);

  // The same device has one already.
  await cardOf(page).getByLabel("Name of a new passkey").fill("once more");
  await cardOf(page).getByRole("button", { name: "Add a passkey" }).click();
  await expect(cardOf(page).getByRole("alert")).toContainText(/has a passkey of yours already/);
  await expect(cardOf(page).getByLabel("Name of a new passkey")).toHaveValue("once more");

  await signOut(page);
  await page.goto("/login?returnTo=%2Fsettings");
  await expect(page.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await expectAccessible(page);
  await verifying(device, authenticatorId, false);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /no passkey came/i })).toBeVisible();
  await verifying(device, authenticatorId, true);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();

  await letProofAge(email);
  await page.getByLabel("Name of a new key").fill("confirmed by a passkey");
  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByRole("button", { name: "Use a passkey" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/rbk_/).first()).toBeVisible();

  // The page of its own, and what asks again before a passkey goes.
  await letProofAge(email);
  await page.goto("/login/again");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await page.goto("/settings/account");
  const row = cardOf(page).getByRole("listitem");
  await row.getByText("Rename").click();
  await row.getByLabel("New name of my laptop").fill("my old laptop");
  await row.getByRole("button", { name: "Save name" }).click();
  await expect(row).toContainText("my old laptop");
  await letProofAge(email);
  await row.getByRole("button", { name: "Remove my old laptop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
  await dialog.getByRole("button", { name: "Use a passkey" }).click();
  await expect(row).toHaveCount(0);

  await signOut(page);
  // The device has it still; nobody here does, so that it is not offered.
  await page.goto("/login");
  await expect(page.getByLabel("E-mail")).toBeVisible();
  await expect(page.getByRole("button", { name: "Use a passkey" })).toHaveCount(0);
  await context.close();
});

test("an admin of whom a second factor is asked sets up a passkey, and shows it after a password", async ({
  browser,
}) => {
  const email = await givenOperator("admin", PASSWORD);
  await setSignInRules({ adminsNeedSecondFactor: true });
  try {
    const { context, page } = await withDevice(browser);
    await enter(page, email, "/courses");
    await expect(page).toHaveURL(/\/second-factor$/);
    await page.getByLabel("Name of a new passkey").fill("a key");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByRole("link", { name: "Go on to the console" }).click();
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    await signOut(page);
    await enter(page, email, "/courses");
    await expect(page).toHaveURL(/\/second-factor$/);
    await page.getByRole("button", { name: "Use your passkey" }).click();
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    await page.goto("/settings/account");
    await cardOf(page).getByRole("button", { name: "Remove a key" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
    await expect(cardOf(page).getByRole("listitem")).toHaveCount(0);
    await context.close();
  } finally {
    await setSignInRules({ adminsNeedSecondFactor: false });
  }
});
