import { hashToken, newToken } from "#lib/auth/secrets/one-time-token.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import {
  deleteOldLaunches,
  insertLaunch,
  registrationsOfIssuer,
} from "#lib/db/launches/launches.ts";
import { authenticationUrl, LaunchRefused, parseLogin, type LoginRequest } from "#lib/lti/index.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";

/** Where the browser goes next, and what it must still know when it comes back. */
export type Login = {
  authenticationUrl: string;
  state: string;
  lifetimeS: number;
  /** The platform's frame that keeps the state where cookies are blocked. */
  storage: PlatformStorage | null;
};

export type PlatformStorage = { frame: string; origin: string };

const LIFETIME_MS = 10 * 60_000;
/** Kept this long after they end, so that a replay differs from an unknown state. */
const KEPT_MS = 86_400_000;

/**
 * Answers a platform that starts a login: stores state and nonce, valid once, for ten minutes.
 *
 * @throws LaunchRefused  the platform is not registered, or the request lacks something
 * @see Security Framework 1.0 §5.1.1
 */
export async function beginLogin(asker: Asker, parameters: URLSearchParams): Promise<Login> {
  const caller = await permit(asker, "launch", "everywhere");
  const login = parseLogin(parameters);
  const registration = await registrationFor(caller, login);
  checkRegistrationState(registration);
  const { publicUrl } = caller.settings;
  if (new URL(login.targetLinkUri).origin !== new URL(publicUrl).origin) {
    throw new LaunchRefused("login_target_link_uri", "target_link_uri leads to another host");
  }
  const now = caller.now();
  const [state, nonce] = [newToken(), newToken()];
  await deleteOldLaunches(caller.db, new Date(now.getTime() - KEPT_MS));
  await insertLaunch(caller.db, {
    stateHash: hashToken(state),
    nonceHash: hashToken(nonce),
    registrationId: registration.id,
    targetLinkUri: login.targetLinkUri,
    expiresAt: new Date(now.getTime() + LIFETIME_MS),
  });
  const { authorizationEndpoint, clientId } = registration;
  const redirectUri = `${publicUrl}/lti/launch`;
  return {
    authenticationUrl: authenticationUrl({
      authorizationEndpoint,
      clientId,
      redirectUri,
      login,
      state,
      nonce,
    }),
    state,
    lifetimeS: LIFETIME_MS / 1_000,
    storage: login.storageTarget
      ? { frame: login.storageTarget, origin: new URL(authorizationEndpoint).origin }
      : null,
  };
}

/** @throws LaunchRefused  nothing is launched from a registration that nobody approved */
export function checkRegistrationState(
  registration: Pick<Registration, "state" | "archivedAt">,
): void {
  if (registration.archivedAt) {
    throw new LaunchRefused("registration_state", "the registration is archived");
  }
  if (registration.state === "active") return;
  throw new LaunchRefused(
    "registration_state",
    registration.state === "pending"
      ? "the registration waits for an operator's approval"
      : "the registration was declined",
  );
}

/** Several registrations with one issuer differ by client ID. */
async function registrationFor(caller: Caller, login: LoginRequest): Promise<Registration> {
  const { issuer, clientId } = login;
  const found = await registrationsOfIssuer(caller.db, issuer, clientId);
  const active = found.filter(({ state }) => state === "active");
  const [first, ...others] = active.length > 0 ? active : found;
  if (first && others.length === 0) return first;
  if (first) {
    throw new LaunchRefused(
      "client_id",
      "several registrations have this issuer, and the login names no client_id",
    );
  }
  throw new LaunchRefused("registration", await unregisteredWords(caller, login));
}

/** The usual mistake is a slash at the end of the issuer; it is said where it is the reason. */
async function unregisteredWords(caller: Caller, { issuer, clientId }: LoginRequest) {
  const { db } = caller;
  const twin = issuer.endsWith("/") ? issuer.slice(0, -1) : `${issuer}/`;
  const [near] = await registrationsOfIssuer(db, twin, clientId);
  if (near) return `the issuer is “${issuer}” and the registration says “${near.issuer}”`;
  const [known] = await registrationsOfIssuer(db, issuer);
  if (known) return "no registration with this issuer has this client ID";
  return "no registration has this issuer";
}
