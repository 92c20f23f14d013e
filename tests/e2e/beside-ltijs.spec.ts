import { z } from "zod";
import { ApiKeyCreated } from "#lib/operations/operators/api-key-schema.ts";
import { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { WebhookCreated } from "#lib/operations/webhooks/schema.ts";
import { call, learnersOf } from "./support/api.ts";
import { installLtijsTool, type LtijsTool } from "./support/ltijs-tool.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 300_000 });

const Assertion = z.object({ header: z.object({ kid: z.string() }) });
const JwksKids = z.object({ keys: z.array(z.object({ kid: z.string() })) });

for (const signsWith of ["imported_key", "tool_key_set"] as const) {
  test(`a tool on ltijs keeps its client ID, gets its roster and has its grades sent (${signsWith})`, async ({
    page,
  }) => {
    const clientId = `ltijs-${crypto.randomUUID()}`;
    const env: Record<string, string> = {
      ROLLBOOK_URL: SITE.url,
      LMS_ISSUER: platform.issuer,
      LMS_CLIENT_ID: clientId,
      LMS_AUTHORIZATION_ENDPOINT: platform.authorizationEndpoint,
      LMS_TOKEN_ENDPOINT: platform.tokenEndpoint,
      LMS_JWKS_URL: platform.jwksUrl,
    };
    const tool = await installLtijsTool(env);
    try {
      await standBeside(tool, { clientId, signsWith, env });
      const contextId = crypto.randomUUID();
      const title = `Beside ltijs ${signsWith}`;
      // Only this client may fill the columns of the course.
      await platform.addCourse({ contextId, title, members: 5, clientIds: [clientId] });

      const launch = { clientId, contextId, as: "instructor" } as const;
      await page.goto((await platform.startLaunch(launch)).url);
      await expect(page.getByRole("heading", { name: "Quiz 1" })).toBeVisible();
      await expect(page.getByText("0 people")).toBeVisible();
      const grades = page.url();

      await page.goto("/courses");
      await page.getByRole("link", { name: title }).click();
      await page.getByRole("button", { name: "Sync roster" }).click();
      await expect(page.getByText(/^5 members read/).first()).toBeVisible();

      await expect(async () => {
        await page.goto(grades);
        await expect(page.getByText("5 people")).toBeVisible({ timeout: 500 });
      }).toPass();
      const learners = await learnersOf(contextId);
      for (const [index, userId] of learners.entries())
        await page.locator(`input[name="${userId}"]`).fill(String(index + 5));
      await page.getByRole("button", { name: "Send to the gradebook" }).click();
      await expect(async () => {
        await page.goto(grades);
        await expect(page.getByText("score.sent")).toHaveCount(learners.length, { timeout: 500 });
      }).toPass();

      const [column, ...others] = await platform.lineItemsOf({ contextId });
      expect([column, others]).toMatchObject([{ resourceId: "quiz-1" }, []]);
      const got = await platform.gradesOf({ lineItem: column?.url ?? "" });
      expect(new Map(got.map(({ userId, grade }) => [userId, grade]))).toEqual(
        new Map(learners.map((userId, index) => [userId, index + 5])),
      );
      await signedByTheRightKey(tool, { clientId, signsWith });
    } finally {
      await tool.stop();
    }
  });
}

type Beside = { clientId: string; signsWith: "imported_key" | "tool_key_set" };

/** What docs/integrating.md has an administrator do; the tool then runs with what came of it. */
async function standBeside(
  tool: LtijsTool,
  { clientId, signsWith, env }: Beside & { env: Record<string, string> },
): Promise<void> {
  const lms = await platform.addRegistration({
    clientId,
    jwksUrl: `${tool.url}/jwks`,
    loginUrl: `${tool.url}/lti/login`,
    launchUrl: `${tool.url}/lti/launch`,
  });
  const registration = RegistrationView.parse(
    await call("POST", "/registrations", {
      name: `College with ltijs (${signsWith})`,
      profile: "other",
      ...lms,
      ...(signsWith === "tool_key_set" && { signsWith }),
      toolJwksUrl: `${tool.url}/jwks`,
    }),
  );
  if (signsWith === "imported_key")
    await call("POST", `/registrations/${registration.id}/keys`, await tool.exportKey());
  const key = ApiKeyCreated.parse(
    await call("POST", "/api-keys", {
      name: clientId,
      scopes: ["read", "read:names", "scores:write", "registrations:write"],
      registrationIds: [registration.id],
    }),
  );
  const hook = WebhookCreated.parse(
    await call("POST", "/webhooks", {
      name: clientId,
      url: `${tool.url}/hooks/rollbook`,
      registrationIds: [registration.id],
      hasNames: true,
    }),
  );
  env["ROLLBOOK_REGISTRATION"] = registration.id;
  env["ROLLBOOK_API_KEY"] = key.key;
  env["ROLLBOOK_WEBHOOK_SECRET"] = hook.secret;
  await tool.start();
}

/** The key of each token that Rollbook asked for; ltijs asks for its own with its own key. */
async function signedByTheRightKey(tool: LtijsTool, { clientId, signsWith }: Beside) {
  const kidsOf = async (url: string) =>
    JwksKids.parse(await (await fetch(url)).json()).keys.map(({ kid }) => kid);
  const own = await kidsOf(`${tool.url}/lti/keys`);
  const ours = await kidsOf(`${SITE.url}/lti/jwks`);
  const asked = await platform.requests({ route: "token", clientId, status: 200 });
  const kids = new Set(asked.map(({ assertion }) => Assertion.parse(assertion).header.kid));
  const isOurs = [...kids].some((kid) => ours.includes(kid));
  expect([[...kids].every((kid) => own.includes(kid)), isOurs]).toEqual(
    signsWith === "imported_key" ? [true, false] : [false, true],
  );
}
