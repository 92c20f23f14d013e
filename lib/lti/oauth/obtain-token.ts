import { RequestCancelled } from "../errors.ts";
import { presentOf, type LtiOptions } from "../options.ts";
import type { Registration } from "../registration.ts";
import { isTokenExpired, type AccessToken } from "./access-token.ts";
import { requestAccessToken } from "./token-client.ts";
import { tokenKey } from "./token-store.ts";

/**
 * An access token for these scopes: from `options.tokenStore` where it has one that is not
 * expired, else by a request whose answer is kept there.
 *
 * @throws LtiError  see `requestAccessToken`; nothing is kept of a refusal
 */
export async function obtainAccessToken(
  registration: Registration,
  scopes: readonly string[],
  options: LtiOptions,
): Promise<AccessToken> {
  const { tokenStore: store } = options;
  if (!store) return requestAccessToken(registration, scopes, options);
  const key = tokenKey(registration, scopes);
  const find = async () => {
    const token = await store.get(key);
    return token && !isTokenExpired(token, presentOf(options)) ? token : undefined;
  };
  for (;;) {
    const stored = await find();
    if (stored) return stored;
    let isOurs = false;
    const request = async () => {
      isOurs = true;
      // Another process may have asked while this one waited.
      const found = await find();
      if (found) return found;
      const token = await requestAccessToken(registration, scopes, options);
      await store.save(key, token);
      return token;
    };
    try {
      return await (store.exclusive ? store.exclusive(key, request) : request());
    } catch (error) {
      // The one who asked for all gave up; the others did not.
      if (isOurs || !(error instanceof RequestCancelled)) throw error;
    }
  }
}

/** Takes exactly this token out of the store, if there is one; a newer one stays. */
export async function forgetAccessToken(
  registration: Registration,
  token: AccessToken,
  { tokenStore }: Pick<LtiOptions, "tokenStore">,
): Promise<void> {
  await tokenStore?.delete(tokenKey(registration, token.requestedScopes), token);
}
