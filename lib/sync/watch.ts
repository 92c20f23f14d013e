import type { RunKind, RunState } from "#lib/db/generated/client.ts";
import type { CallOutcome, LtiOptions } from "#lib/lti/index.ts";

/** What an engine tells of its work as it goes, for metrics. Its hot paths call these. */
export type EngineWatch = {
  /** A request to a platform is over. */
  called(call: CallOutcome & { registrationId: string }): void;
  /** A token was given to a job: one from the cache, or one requested just now. */
  tookToken(token: { registrationId: string; origin: "cache" | "requested" }): void;
  /** A worker of this process ended a run. */
  ended(run: { kind: RunKind; state: RunState; errorCode: string | null }): void;
};

/** The protocol library's options, by which the watch hears of each call to one platform. */
export function watchedCalls(
  lti: LtiOptions,
  registrationId: string,
  watch: EngineWatch | undefined,
): LtiOptions {
  if (!watch) return lti;
  return { ...lti, onCall: (call) => watch.called({ ...call, registrationId }) };
}
