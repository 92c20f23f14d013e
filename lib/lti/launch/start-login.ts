import { LaunchRefused } from "./launch-refused.ts";
import { authenticationUrl, parseLogin, type LoginRequest } from "./login.ts";
import { hashSecret, newSecret, type LaunchRegistration, type LoginStore } from "./login-store.ts";

/** The platform's frame that keeps data for tools whose cookies are blocked. */
export type PlatformStorage = {
  frame: string;
  /** Messages go to this origin and are taken from no other. */
  origin: string;
};

/** Where the browser goes next, and what it must still know when it comes back. */
export type StartedLogin = {
  authenticationUrl: string;
  /** For a cookie with `Secure`, `HttpOnly` and `SameSite=None`, or the platform's storage. */
  state: string;
  lifetimeS: number;
  /** Where the state can be kept as well; null where the platform offers nothing. */
  storage: PlatformStorage | null;
};

const LIFETIME_S = 600;

/**
 * Answers a platform that starts a login: remembers state and nonce, good once, for ten minutes,
 * and says where to send the browser.
 *
 * @throws LaunchRefused  a parameter is missing, the platform is not known, or the target is not
 *                        at the origin of `redirectUri`
 * @see Security Framework 1.0 §5.1.1
 */
export async function startLogin<R extends LaunchRegistration>(request: {
  /** Of the address at GET, of the form at POST. */
  parameters: URLSearchParams;
  /** Throws where there is none that may launch; see `chooseRegistration`. */
  findRegistration: (login: LoginRequest) => Promise<R>;
  store: LoginStore<R>;
  /** The tool's own address for launches, as the platform knows it. */
  redirectUri: string;
  now: Date;
}): Promise<StartedLogin> {
  const { redirectUri, store, now } = request;
  const login = parseLogin(request.parameters);
  const registration = await request.findRegistration(login);
  const { targetLinkUri, storageTarget } = login;
  if (new URL(targetLinkUri).origin !== new URL(redirectUri).origin) {
    throw new LaunchRefused("login_target_link_uri", "target_link_uri leads to another host");
  }
  const expiresAt = new Date(now.getTime() + LIFETIME_S * 1_000);
  const begun = { registration, targetHash: hashSecret(targetLinkUri), expiresAt };
  const { state, nonce } = store.issue?.(begun) ?? { state: newSecret(), nonce: newSecret() };
  const [stateHash, nonceHash] = [hashSecret(state), hashSecret(nonce)];
  await store.save({ ...begun, stateHash, nonceHash }, now);
  const { authorizationEndpoint, clientId } = registration;
  const asked = { authorizationEndpoint, clientId, redirectUri, login, state, nonce };
  return {
    authenticationUrl: authenticationUrl(asked),
    state,
    lifetimeS: LIFETIME_S,
    storage: storageTarget ? platformStorage(registration, storageTarget) : null,
  };
}

/** @see LTI Postmessage Storage 0.1 §3 */
export function platformStorage(
  { authorizationEndpoint }: Pick<LaunchRegistration, "authorizationEndpoint">,
  frame: string,
): PlatformStorage {
  return { frame, origin: new URL(authorizationEndpoint).origin };
}

/**
 * The registration that a login is meant for: the one with its issuer, and with its client ID
 * where it names one. Issuers are compared to the letter, and the usual mistake, a slash at the
 * end, is named as the reason.
 *
 * @throws LaunchRefused  none, or several where no client ID is named
 * @see Security Framework 1.0 §5.1.1.1, LTI Core 1.3 §4.1.3
 */
export function chooseRegistration<R extends Pick<LaunchRegistration, "issuer" | "clientId">>(
  login: Pick<LoginRequest, "issuer" | "clientId">,
  registrations: readonly R[],
): R {
  const isClient = ({ clientId }: R) => login.clientId === undefined || clientId === login.clientId;
  const ofIssuer = registrations.filter(({ issuer }) => issuer === login.issuer);
  const [first, ...others] = ofIssuer.filter(isClient);
  if (first && others.length === 0) return first;
  if (first) {
    throw new LaunchRefused(
      "client_id",
      "several registrations have this issuer, and the login names no client_id",
    );
  }
  const twin = twinOf(login.issuer);
  const near = registrations.find((one) => one.issuer === twin && isClient(one));
  if (near) {
    const reason = `the issuer is “${login.issuer}” and the registration says “${near.issuer}”`;
    throw new LaunchRefused("registration", reason);
  }
  throw new LaunchRefused(
    "registration",
    ofIssuer.length > 0
      ? "no registration with this issuer has this client ID"
      : "no registration has this issuer",
  );
}

/** The issuer with a slash at the end more, or less. */
export function twinOf(issuer: string): string {
  return issuer.endsWith("/") ? issuer.slice(0, -1) : `${issuer}/`;
}
