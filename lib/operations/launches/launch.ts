import { type LaunchMessage, verifyLaunch } from "#lib/lti/index.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { deepLinkingForm, type DeepLinkingForm } from "./deep-linking/offer.ts";
import { framersOfLaunch } from "./session/framing.ts";
import { openLaunchSession, openOwnSession, type OpenedSession } from "./session/launch-session.ts";
import { getOwnGrades, type OwnGrades } from "./learner/own-grades.ts";
import { checkRegistrationState } from "./login.ts";
import { loginStore } from "./launch-storage.ts";
import { recordLaunch, type FollowUp } from "./record/record-launch.ts";

/** What the person who launched sees. */
export type LaunchOutcome = {
  followUp?: FollowUp;
  /** Origins of the platform, which may show it in a frame. */
  framedBy: string[];
} & (
  | ({ kind: "course" } & OpenedSession)
  | { kind: "own_grades"; sessionToken: string; page: OwnGrades }
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
  const { registration, message } = await verifyLaunch({
    ...request,
    store: loginStore(caller),
    keys: caller.engine.platformKeys,
    checkRegistration: checkRegistrationState,
    allowHttp: caller.settings.allowPrivateNetwork,
    now: caller.now(),
  });
  const record = await recordLaunch(caller, registration, message);
  const framedBy = framersOfLaunch(registration, message);
  if (record.kind === "deployment_pending") {
    const { deploymentId } = message;
    const registrationName = registration.name;
    return { kind: "deployment_pending", framedBy, deploymentId, registrationName };
  }
  const followUp = record.kind === "course" ? record.followUp : undefined;
  if (message.deepLinking) {
    const courseId = record.kind === "course" ? record.courseId : null;
    const { deploymentId, deepLinking: settings } = message;
    const asked = { registrationId: registration.id, deploymentId, courseId, settings, framedBy };
    return { kind: "deep_linking", framedBy, form: await deepLinkingForm(caller, asked) };
  }
  if (record.kind === "outside_course") return { kind: "outside_course", framedBy };
  return { ...(await pageOf(caller, { ...record, framedBy }, message)), followUp };
}

/** The course for those who manage it, their own grades for others. */
async function pageOf(
  caller: Caller,
  launched: { courseId: string; courseTitle: string; framedBy: string[] },
  message: LaunchMessage,
): Promise<LaunchOutcome> {
  const { courseId, courseTitle, framedBy } = launched;
  const opened = await openLaunchSession(caller, { courseId, framedBy }, message);
  if (opened !== null) return { kind: "course", framedBy, ...opened };
  const own = await openOwnSession(caller, { courseId, framedBy }, message);
  if (own === null) return { kind: "nothing_to_do", framedBy, courseTitle };
  const { sessionToken } = own;
  const page = await getOwnGrades(caller, { sessionToken });
  return { kind: "own_grades", framedBy, sessionToken, page };
}
