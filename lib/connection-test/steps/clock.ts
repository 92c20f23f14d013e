import type { Exchange } from "#lib/lti/options.ts";
import { notReached, passed } from "../outcomes.ts";
import type { StepOutcome } from "../step.ts";
import type { Visit } from "../subject.ts";

const WORTH_SAYING_S = 5;
/** Canvas takes assertions of at most this age, and ours live that long. */
const FATAL_S = 300;

/** How far are the platform's clock and ours apart, by the Date header of its replies? */
export async function examineClock({ subject, findings }: Visit): Promise<StepOutcome> {
  const hosts = [subject.addresses.tokenEndpoint, subject.addresses.jwksUrl].map(hostOf);
  const readings = findings.exchanges
    .filter((exchange) => hosts.includes(hostOf(exchange.url)))
    .flatMap(aheadSeconds)
    .sort((one, other) => Math.abs(one) - Math.abs(other));
  // The reading nearest to ours: a slow reply makes a difference larger, never smaller.
  const ahead = readings[0];
  if (ahead === undefined) {
    return notReached("No reply of the platform had its time.");
  }
  const apart = Math.abs(ahead);
  const summary =
    apart < 1
      ? "The platform’s clock and ours agree."
      : `The platform’s clock is ${lasting(apart)} ${ahead > 0 ? "ahead of" : "behind"} ours.`;
  if (apart < WORTH_SAYING_S) return passed(summary);
  const isFatal = apart >= FATAL_S || findings.states.token === "failed";
  return {
    state: isFatal ? "failed" : "warned",
    summary,
    advice: {
      cause:
        ahead < 0
          ? "To the platform our assertions come from the future; Moodle and others give no leeway."
          : "To the platform our assertions are old before they arrive; Canvas refuses them after five minutes.",
      owner: "operator",
      fix: "Set the clock of the machine of Rollbook’s database, mostly this one, by a time server (NTP). If it is right, the LMS’s is wrong: tell its administrator.",
    },
  };
}

/** The Date header has whole seconds, so anything within its second is no difference. */
function aheadSeconds({ at, ms, responseHeaders }: Exchange): number[] {
  const theirs = Date.parse(responseHeaders["date"] ?? "");
  if (Number.isNaN(theirs)) return [];
  const sentAt = at.getTime();
  if (theirs > sentAt + ms) return [Math.round((theirs - sentAt - ms) / 1_000)];
  return [theirs + 1_000 < sentAt ? -Math.round((sentAt - theirs - 1_000) / 1_000) : 0];
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

function lasting(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
