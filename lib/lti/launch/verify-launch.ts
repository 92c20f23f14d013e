import type { JsonObject } from "../values/json-body.ts";
import { plainText } from "../values/plain-text.ts";
import { verifyPlatformToken } from "./id-token.ts";
import { parseLaunchMessage, type LaunchMessage } from "./launch-message.ts";
import { LaunchRefused } from "./launch-refused.ts";
import type { LaunchRegistration, LoginStore, PendingLogin } from "./login-store.ts";
import { hashSecret } from "./login-store.ts";
import type { PlatformKeys } from "./platform-keys.ts";
import { platformStorage, type PlatformStorage } from "./start-login.ts";

/** A launch that passed every check. */
export type VerifiedLaunch<R extends LaunchRegistration> = {
  registration: R;
  message: LaunchMessage;
  /** All claims of the token, for those that `message` does not hold. */
  claims: JsonObject;
};

const LONGEST_STATE = 200;

/**
 * Checks what the browser posts after a login: state, token and claims.
 *
 * A state is used up by its first launch, whether or not that launch passes.
 *
 * @throws LaunchRefused  names the check and its section
 * @throws LtiError       the platform's key set cannot be read
 * @see Security Framework 1.0 §5.1.3
 */
export async function verifyLaunch<R extends LaunchRegistration>(request: {
  /** What the platform posted. */
  form: URLSearchParams;
  /** The state that this browser kept, by cookie or in the platform's frame. */
  keptState: string | undefined;
  store: LoginStore<R>;
  keys: PlatformKeys;
  /** Throws where the registration may no longer launch. */
  checkRegistration?: (registration: R) => void;
  /** Services at plain http are taken; only for platforms on a private network. */
  allowHttp?: boolean;
  now: Date;
}): Promise<VerifiedLaunch<R>> {
  const { form, keptState, keys, now, allowHttp } = request;
  const { state, idToken } = readForm(form);
  if (keptState !== state) {
    throw new LaunchRefused("state_browser", "this browser did not start the login");
  }
  const login = await takeLogin(request.store, state, now);
  const { registration } = login;
  request.checkRegistration?.(registration);
  const { issuer, clientId, jwksUrl } = registration;
  const claims = await verifyPlatformToken(idToken, { issuer, clientId, jwksUrl }, { keys, now });
  const { nonce } = claims;
  if (typeof nonce !== "string" || hashSecret(nonce) !== login.nonceHash) {
    throw new LaunchRefused("nonce", "the token's nonce is not the one of this login");
  }
  const message = parseLaunchMessage(claims, { allowHttp });
  const isLink = message.type === "LtiResourceLinkRequest";
  if (isLink && hashSecret(message.targetLinkUri ?? "") !== login.targetHash) {
    throw new LaunchRefused("target_link_uri", "the target link URI is not the one of the login");
  }
  return { registration, message, claims };
}

/**
 * The state of a launch that was posted, before anything of it is believed: the name of the
 * cookie that it is compared with may depend on it.
 *
 * @throws LaunchRefused  the platform said no, or the form is not whole
 */
export function stateOfLaunch(form: URLSearchParams): string {
  return readForm(form).state;
}

/**
 * Where the state of a launch may have been kept, for a browser that brought no cookie.
 *
 * @throws LaunchRefused  the state is not one of the store's
 * @see LTI Postmessage Storage 0.1 §3
 */
export async function storageOfLaunch<R extends LaunchRegistration>(
  store: LoginStore<R>,
  { state, frame }: { state: string; frame: string | null },
): Promise<PlatformStorage> {
  const registration = await store.find(hashSecret(state), state);
  if (!registration) throw unknownState();
  return platformStorage(registration, frame || "_parent");
}

function readForm(form: URLSearchParams): { state: string; idToken: string } {
  const error = form.get("error");
  const state = form.get("state");
  if (error !== null) {
    const words = plainText([error, form.get("error_description") ?? ""].join(" ").trim(), 500);
    throw new LaunchRefused("platform_error", `the platform answered “${words}”`);
  }
  if (!state) throw new LaunchRefused("state_missing", "the launch names no state");
  if (state.length > LONGEST_STATE || form.getAll("state").length > 1) throw unknownState();
  const idToken = form.get("id_token");
  if (!idToken || form.getAll("id_token").length > 1) {
    throw new LaunchRefused("id_token_missing", "the launch holds no id_token");
  }
  return { state, idToken };
}

async function takeLogin<R extends LaunchRegistration>(
  store: LoginStore<R>,
  state: string,
  now: Date,
): Promise<PendingLogin<R>> {
  const taken = await store.take(hashSecret(state), now, state);
  if (!taken) throw unknownState();
  if (!taken.isFirst) throw new LaunchRefused("state_used", "the launch's state was used before");
  if (taken.login.expiresAt <= now) {
    throw new LaunchRefused("state_expired", "the login is more than ten minutes old");
  }
  return taken.login;
}

function unknownState(): LaunchRefused {
  return new LaunchRefused("state_unknown", "the launch's state is not one of ours");
}
