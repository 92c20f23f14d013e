/** Launches: login, launch, and what the launched person may see and do. */
export { stateOfLaunch as stateOf } from "#lib/lti/index.ts";
export type { PlatformStorage, StartedLogin as Login } from "#lib/lti/index.ts";
export { beginLogin } from "./login.ts";
export { completeLaunch, type LaunchOutcome, type LaunchRequest } from "./launch.ts";
export { followUpLaunch } from "./record/follow-up.ts";
export { recordContext } from "./report/reported-context.ts";
export { reportLaunch } from "./report/reported-launch.ts";
export type { FollowUp } from "./record/record-launch.ts";
export type { DeepLinkingForm } from "./deep-linking/offer.ts";
export { storageOfLaunch } from "./launch-storage.ts";
