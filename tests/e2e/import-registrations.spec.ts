import { expectAccessible } from "./support/accessible.ts";
import { expect, test } from "./support/test.ts";

const LMS = "https://imported.example.edu";
const HEADER = "name,issuer,client_id,token_endpoint,authorization_endpoint,jwks_url";
const row = (name: string, clientId: string, token = `${LMS}/token`) =>
  `${name},${LMS},${clientId},${token},${LMS}/auth,${LMS}/jwks`;

test("registrations of another tool are looked at, then added", async ({ page }) => {
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
  await page.goto("/registrations");
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Import registrations" })).toBeVisible();
  const pasted = page.getByLabel("Or paste its text");
  await pasted.fill("neither this nor that");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(
    page.getByText(/first line has no columns issuer and client_id/).first(),
  ).toBeVisible();
  await expectAccessible(page);

  await pasted.fill([HEADER, row("First College", first)].join("\n"));
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Add 1 registration" }).click();
  await expect(page.getByText("1 registration added").first()).toBeVisible();

  const changed = row("First College", first, `${LMS}/other`);
  const file = [HEADER, changed, row("Second College", second), row("Broken", "x", "nowhere")];
  await page.locator("input[type=file]").setInputFiles({
    name: "registrations.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(file.join("\n")),
  });
  await page.getByRole("button", { name: "Preview again" }).click();
  const list = page.getByRole("table", { name: "Registrations of the file" });
  await expect(list.getByRole("row", { name: /First College/ })).toContainText(
    `${LMS}/token here, ${LMS}/other in the file`,
  );
  await expect(list.getByRole("row", { name: /Second College/ })).toContainText("New");
  await expect(list.getByRole("row", { name: /Broken/ })).toContainText("Fill in what is named");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add 1 registration" }).click();
  await list.getByRole("link", { name: "Second College" }).click();
  await expect(page.getByRole("heading", { name: "Second College", level: 1 })).toBeVisible();
});
