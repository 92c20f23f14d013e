import { createProvider } from "#lib/auth/single-sign-on/provider.ts";
import type { GuardedFetch } from "#lib/auth/single-sign-on/web-fetch.ts";
import { SingleSignOnValues } from "#lib/auth/single-sign-on/settings.ts";
import { createSealer } from "#lib/auth/secrets/seal.ts";
import { createSingleSignOnFlow } from "#lib/operations/single-sign-on/flow.ts";
import { API_URL, type Api } from "../api.ts";
import { TEST_SECRET } from "../installation.ts";
import { CLIENT, visit, type TestProvider } from "./provider.ts";

export const REDIRECT_URI = `${API_URL}/login/callback`;

/** A sign-in at a provider, step by step, over an installation's database. */
export function stageOf(
  api: Api,
  provider: TestProvider,
  options: { values?: object; fetch?: GuardedFetch; secret?: string } = {},
) {
  const values = SingleSignOnValues.parse({
    issuer: provider.issuer,
    ...CLIENT,
    scopes: "openid email profile groups",
    ...options.values,
  });
  const warnings: string[] = [];
  const flow = createSingleSignOnFlow(
    api.runtime.db,
    {
      sealer: createSealer(options.secret ?? TEST_SECRET),
      provider: createProvider({
        fetch: options.fetch ?? fetch,
        redirectUri: REDIRECT_URI,
        allowHttp: true,
      }),
      fromEnvironment: values,
    },
    { isSecure: true, warn: (message) => warnings.push(message) },
  );
  const request = { address: "203.0.113.7", id: "a request" };

  async function begin(): Promise<{ url: string; headers: Headers }> {
    const { url, setCookie } = await flow.begin("/runs");
    return { url, headers: new Headers({ cookie: setCookie.split(";", 1)[0]! }) };
  }
  return {
    flow,
    warnings,
    begin,
    finish: (query: string, headers: Headers) => flow.finish({ query, headers }, request),
    /** From the button to the console, or the reason of the refusal. */
    async enter(login: string): Promise<string> {
      const { url, headers } = await begin();
      const query = await visit(url, login, REDIRECT_URI);
      return flow.finish({ query, headers }, request).then(
        ({ operatorId }) => operatorId,
        (error: { reason?: string }) => error.reason ?? String(error),
      );
    },
  };
}
