import { hashToken } from "#lib/auth/secrets/one-time-token.ts";
import { takeLaunch, type TakenLaunch } from "#lib/db/launches/launches.ts";
import {
  LaunchRefused,
  parseLaunchMessage,
  plainText,
  verifyPlatformToken,
  type LaunchMessage,
} from "#lib/lti/index.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { deepLinkingForm, type DeepLinkingForm } from "./deep-linking-form.ts";
import { openLaunchSession } from "./launch-session.ts";
import { checkRegistrationState } from "./login.ts";
import { recordLaunch, type FollowUp } from "./record/record-launch.ts";

/** What the person who launched sees. */
export type LaunchOutcome = { followUp?: FollowUp } & (
  | { kind: "course"; sessionToken: string }
  | { kind: "nothing_to_do"; courseTitle: string }
  | { kind: "outside_course" }
  | { kind: "deployment_pending"; deploymentId: string; registrationName: string }
  | { kind: "deep_linking"; form: DeepLinkingForm }
);

export type LaunchRequest = {
  /** What the platform posted. */
  form: URLSearchParams;
  /** The state that this browser kept, by cookie or in the platform's frame. */
  keptState: string | undefined;
};

const LONGEST_STATE = 200;

/**
 * Answers a launch: checks everything, records what it announced, and says what to show.
 *
 * A state is used up by its first launch, whether or not that launch passes.
 *
 * @throws LaunchRefused  names the check and its section; nothing was recorded
 * @throws LtiError       the platform's key set cannot be read
 * @see Security Framework 1.0 §5.1.3
 */
export async function completeLaunch(asker: Asker, request: LaunchRequest): Promise<LaunchOutcome> {
  const caller = await permit(asker, "launch", "everywhere");
  const { state, idToken } = readForm(request.form);
  if (request.keptState !== state) {
    throw new LaunchRefused("state_browser", "this browser did not start the login");
  }
  const launch = await takenLaunch(caller, state);
  const message = await verifiedMessage(caller, launch, idToken);
  const { registration } = launch;
  const record = await recordLaunch(caller, registration, message);
  if (record.kind === "deployment_pending") {
    const { deploymentId } = message;
    return { kind: "deployment_pending", deploymentId, registrationName: registration.name };
  }
  const followUp = record.kind === "course" ? record.followUp : undefined;
  if (message.deepLinking) {
    return { kind: "deep_linking", form: await deepLinkingForm(caller, registration.id, message) };
  }
  if (record.kind === "outside_course") return { kind: "outside_course" };
  const sessionToken = await openLaunchSession(caller, record.courseId, message);
  return sessionToken === null
    ? { kind: "nothing_to_do", courseTitle: record.courseTitle, followUp }
    : { kind: "course", sessionToken, followUp };
}

/** The state of a launch that was posted, before anything of it is believed. */
export function stateOf(form: URLSearchParams): string {
  return readForm(form).state;
}

function readForm(form: URLSearchParams): { state: string; idToken: string } {
  const error = form.get("error");
  const state = form.get("state");
  if (error !== null) {
    const words = plainText([error, form.get("error_description") ?? ""].join(" ").trim(), 500);
    throw new LaunchRefused("platform_error", `the platform answered “${words}”`);
  }
  if (!state) throw new LaunchRefused("state_missing", "the launch names no state");
  if (state.length > LONGEST_STATE || form.getAll("state").length > 1) {
    throw new LaunchRefused("state_unknown", "the launch's state is not one of ours");
  }
  const idToken = form.get("id_token");
  if (!idToken || form.getAll("id_token").length > 1) {
    throw new LaunchRefused("id_token_missing", "the launch holds no id_token");
  }
  return { state, idToken };
}

async function takenLaunch(caller: Caller, state: string): Promise<TakenLaunch> {
  const now = caller.now();
  const { launch, isFirst } = await takeLaunch(caller.db, hashToken(state), now);
  if (!launch) throw new LaunchRefused("state_unknown", "the launch's state is not one of ours");
  if (!isFirst) throw new LaunchRefused("state_used", "the launch's state was used before");
  if (launch.expiresAt <= now) {
    throw new LaunchRefused("state_expired", "the login is more than ten minutes old");
  }
  checkRegistrationState(launch.registration);
  return launch;
}

async function verifiedMessage(
  caller: Caller,
  { registration, nonceHash, targetLinkUri }: TakenLaunch,
  idToken: string,
): Promise<LaunchMessage> {
  const { issuer, clientId, jwksUrl } = registration;
  const expected = { issuer, clientId, jwksUrl };
  const rules = { keys: caller.engine.platformKeys, now: caller.now() };
  const claims = await verifyPlatformToken(idToken, expected, rules);
  const { nonce } = claims;
  if (typeof nonce !== "string" || hashToken(nonce) !== nonceHash) {
    throw new LaunchRefused("nonce", "the token's nonce is not the one of this login");
  }
  const allowHttp = caller.settings.allowPrivateNetwork;
  const message = parseLaunchMessage(claims, { allowHttp });
  const isLink = message.type === "LtiResourceLinkRequest";
  if (isLink && message.targetLinkUri !== targetLinkUri) {
    throw new LaunchRefused("target_link_uri", "the target link URI is not the one of the login");
  }
  return message;
}
