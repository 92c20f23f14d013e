import { expect, type APIRequestContext, type PlaywrightWorkerArgs } from "@playwright/test";
import type { Role } from "#lib/auth/rights.ts";
import { SITE } from "./site.ts";

const PASSWORD = "a password of the doors";

/** Somebody new, for plain requests: as a browser without scripts signs in. */
export async function signedInAs(
  playwright: PlaywrightWorkerArgs["playwright"],
  access: { role: Role; seesNames?: boolean; registrationIds?: string[] },
): Promise<APIRequestContext> {
  const person = await playwright.request.newContext({
    baseURL: SITE.url,
    storageState: { cookies: [], origins: [] },
  });
  const email = `${access.role}-${crypto.randomUUID()}@example.edu`;
  const data = { name: `A ${access.role}`, email, password: PASSWORD, ...access };
  const authorization = `Bearer ${SITE.apiKey}`;
  const made = await person.post("/api/v1/operators", { data, headers: { authorization } });
  expect(made.status(), await made.text()).toBe(201);

  const page = await (await person.get("/login")).text();
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)];
  const multipart: Record<string, string> = { email, password: PASSWORD };
  for (const [, name = "", value = ""] of hidden) multipart[name] = unescaped(value);
  const headers = { origin: SITE.url };
  const answer = await person.post("/login", { multipart, headers, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  const cookies = answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie");
  const session = cookies.find(({ value }) => value.startsWith("rollbook.session_token="));
  expect(session?.value).toMatch(/HttpOnly/i);
  expect(session?.value).toMatch(/SameSite=Lax/i);
  return person;
}

const unescaped = (text: string) =>
  text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
