import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { platform, registerTool } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 240_000 });

/** The first step: from the button to the choice of the way. */
async function begin(page: Page, lms: RegExp, name: string): Promise<void> {
  await page.goto("/registrations");
  await page.getByRole("link", { name: "Connect an LMS" }).first().click();
  await page.getByRole("link", { name: lms }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
}

const next = (page: Page) => page.getByRole("button", { name: "Continue", exact: true }).click();

test("an LMS is connected by one link, and its first launch brings the course, all live", async ({
  page,
  context,
}) => {
  await begin(page, /^Other platform/, "Link College");
  await next(page);
  await page.getByRole("button", { name: "Use Dynamic Registration" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByText("Waiting for the LMS…")).toBeVisible();
  const shown = page.getByText(`${SITE.url}/lti/register/`).first();
  const registrationUrl = (await shown.innerText()).trim();
  await page.reload();
  await expect(shown).toHaveText(registrationUrl);
  await expectAccessible(page);

  const before = new Set((await platform.registrations()).map(({ clientId }) => clientId));
  const lms = await context.newPage();
  await lms.goto((await platform.registrationLink({ registrationUrl })).url);
  await lms.getByRole("button", { name: "Register" }).click();
  const approve = page.getByRole("button", { name: "Approve Link College" });
  await expect(approve).toBeVisible();
  await expectAccessible(page);
  await approve.click();

  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The assertion is signed", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Continue to the first launch" }).click();
  await expect(page.getByText("Waiting for the first launch…")).toBeVisible();
  await expectAccessible(page);

  const tool = (await platform.registrations()).find(({ clientId }) => !before.has(clientId));
  const contextId = crypto.randomUUID();
  await platform.addCourse({ contextId, title: "Mycology", members: 3 });
  const launch = await platform.startLaunch({ clientId: tool?.clientId ?? "", contextId });
  await lms.goto(launch.url);
  await expect(page.getByRole("heading", { name: "Mycology" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Open the course" }).click();
  await expect(page.getByRole("heading", { name: "Mycology", level: 1 })).toBeVisible();
  await page.goto("/registrations");
  await expect(page.getByRole("link", { name: "Continue with Link College" })).toHaveCount(0);
});

test("what was typed is there again after Back, and where the list goes on", async ({ page }) => {
  await begin(page, /^Moodle/, "Draft College");
  await next(page);
  await expect(page.getByText("a full address is needed", { exact: false }).first()).toBeVisible();
  await page.getByLabel("Address of your Moodle").fill("https://moodle.example.edu/");
  await next(page);
  await page.getByRole("button", { name: "Go by hand" }).click();
  const tokenUrl = page.getByLabel("Access token URL");
  await expect(tokenUrl).toHaveValue("https://moodle.example.edu/mod/lti/token.php");
  const clientId = page.getByLabel("Client ID");
  await clientId.fill("first");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Go by hand" })).toBeVisible();
  await page.goForward();
  await expect(clientId).toHaveValue("first");
  await expectAccessible(page);

  await clientId.fill("second");
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(page.getByRole("button", { name: "Go by hand" })).toBeVisible();
  await page.goto("/registrations");
  await page.getByRole("link", { name: "Continue with Draft College" }).click();
  await expect(clientId).toHaveValue("second");

  await page.goto("/registrations");
  await page.getByRole("button", { name: "Discard the draft of Draft College" }).click();
  await page.getByRole("button", { name: "Discard the draft", exact: true }).click();
  await expect(page.getByRole("link", { name: "Continue with Draft College" })).toHaveCount(0);
});

test("another place has other addresses", async ({ page }) => {
  await begin(page, /^Canvas/, "Moved College");
  await page.getByLabel("Hosted, Beta").check();
  await next(page);
  await page.getByRole("button", { name: "Go by hand" }).click();
  await expect(page.getByRole("textbox", { name: "Issuer" })).toHaveValue(
    "https://canvas.beta.instructure.com",
  );
  await page.getByRole("link", { name: "Platform" }).click();
  await page.getByLabel("Self-hosted").check();
  await page.getByLabel("Address of your Canvas").fill("https://canvas.example.edu");
  await next(page);
  await page.getByRole("button", { name: "Go by hand" }).click();
  await expect(page.getByRole("textbox", { name: "Issuer" })).toHaveValue(
    "https://canvas.example.edu",
  );
});

test("Canvas takes a configuration as JSON, and two IDs make the registration", async ({
  page,
}) => {
  await begin(page, /^Canvas/, "JSON College");
  await expectAccessible(page);
  await next(page);
  const paste = page.getByRole("button", { name: "Paste JSON" });
  await expect(paste).toBeVisible();
  await expectAccessible(page);
  await paste.click();
  await expect(page.getByRole("heading", { name: "Paste these back" })).toBeVisible();
  const configuration = JSON.parse(await page.locator("pre").innerText()) as object;
  expect(configuration).toMatchObject({
    redirect_uris: [`${SITE.url}/lti/launch`],
    public_jwk_url: `${SITE.url}/lti/jwks`,
  });
  await expectAccessible(page);
  await page.getByLabel("Client ID").fill(crypto.randomUUID());
  await page.getByRole("button", { name: "Save registration" }).click();
  await expect(page.getByRole("button", { name: "Test connection" })).toBeVisible();

  // Going back and saving again changes that registration, and makes no second one.
  await page.getByRole("link", { name: "Exchange values" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("button", { name: "Test connection" })).toBeVisible();
  await page.goto("/registrations?q=JSON+College");
  await expect(page.getByRole("link", { name: "JSON College", exact: true })).toHaveCount(1);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an LMS is connected by hand", async ({ page }) => {
    const told = await registerTool(`client-${crypto.randomUUID()}`);
    await begin(page, /^Other platform/, "Paper College");
    await next(page);
    await page.getByRole("button", { name: "Go by hand" }).click();
    await page.getByLabel("Issuer", { exact: true }).fill(told.issuer);
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("button", { name: "Go by hand" }).click();
    await expect(page.getByLabel("Issuer", { exact: true })).toHaveValue(told.issuer);
    await page.getByLabel("Client ID").fill(told.clientId);
    await page.getByRole("textbox", { name: "Token endpoint" }).fill(told.tokenEndpoint);
    await page.getByLabel("Authorization endpoint").fill(told.authorizationEndpoint);
    await page.getByLabel("JWKS URL").fill(told.jwksUrl);
    await page.getByRole("button", { name: "Save registration" }).click();
    await expect(page.getByRole("button", { name: "Test connection" })).toBeVisible();
    await page.getByRole("button", { name: "Continue to the first launch" }).click();
    await expect(page.getByText("Waiting for the first launch…")).toBeVisible();
  });
});
