import { generateKeyPairSync } from "node:crypto";
import { expectAccessible } from "./support/accessible.ts";
import { platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 240_000 });

test("a tool that exists keeps its client ID and its key, in three steps", async ({ page }) => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const { kty, n, e } = privateKey.export({ format: "jwk" });
  const publicJwk = { kty, n, e, kid: "tool-1", alg: "RS256", use: "sig" };
  const name = crypto.randomUUID();
  const { jwksUrl } = await platform.hostToolJwks({ name, jwks: { keys: [publicJwk] } });
  const lms = await platform.addRegistration({ clientId: name, jwksUrl });

  await page.goto("/registrations/new");
  await page.getByRole("link", { name: /^Other platform/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("Tool College");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use my tool" }).click();
  await page.getByRole("textbox", { name: "Issuer" }).fill(lms.issuer);
  await page.getByLabel("Client ID").fill(lms.clientId);
  await page.getByLabel("Token endpoint", { exact: true }).fill(lms.tokenEndpoint);
  await page.getByLabel("Authorization endpoint").fill(lms.authorizationEndpoint);
  await page.getByLabel("JWKS URL").fill(lms.jwksUrl);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save registration" }).click();

  await page.getByLabel("My tool’s key, imported").check();
  await page.getByLabel("JWKS URL of your tool").fill(jwksUrl);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const key = privateKey.export({ format: "pem", type: "pkcs8" }) as string;
  await page.getByRole("textbox", { name: "Private key" }).fill(key);
  await page.getByLabel("Key ID (kid)").fill("tool-1");
  await page.getByRole("button", { name: "Import the key" }).click();
  await expect(page.getByText("Signs now")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue to the connection test" }).click();

  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The tool’s key set holds the key that signs.")).toBeVisible();
  await page.getByRole("button", { name: "Continue to the first launch" }).click();
  await expect(page.getByText("ROLLBOOK_API_KEY").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Finish without a course" }).click();
  await expect(page.getByRole("heading", { name: "Tool College", level: 1 })).toBeVisible();
});
