import type { Registration } from "#lib/db/generated/client.ts";
import { registrationsOfIssuer } from "#lib/db/launches/launches.ts";
import {
  chooseRegistration,
  LaunchRefused,
  startLogin,
  type LoginRequest,
  type StartedLogin,
} from "#lib/lti/index.ts";
import { twinOf } from "#lib/lti/launch/start-login.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { loginStore } from "./launch-storage.ts";

/**
 * Answers a platform that starts a login: remembers state and nonce, good once, for ten minutes.
 *
 * @throws LaunchRefused  the platform is not registered, or the request lacks something
 * @see Security Framework 1.0 §5.1.1
 */
export async function beginLogin(asker: Asker, parameters: URLSearchParams): Promise<StartedLogin> {
  const caller = await permit(asker, "launch", "everywhere");
  return startLogin({
    parameters,
    findRegistration: (login) => registrationFor(caller, login),
    store: loginStore(caller),
    redirectUri: `${caller.settings.publicUrl}/lti/launch`,
    now: caller.now(),
  });
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

/** Several registrations with one issuer differ by client ID; active ones go first. */
async function registrationFor({ db }: Caller, login: LoginRequest): Promise<Registration> {
  const { issuer, clientId } = login;
  const found = await registrationsOfIssuer(db, issuer, clientId);
  const active = found.filter(({ state }) => state === "active");
  const near =
    found.length > 0
      ? []
      : [
          ...(await registrationsOfIssuer(db, twinOf(issuer), clientId)),
          ...(await registrationsOfIssuer(db, issuer)),
        ];
  const registration = chooseRegistration(login, active.length > 0 ? active : [...found, ...near]);
  checkRegistrationState(registration);
  return registration;
}
