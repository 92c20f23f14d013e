import { formatCount, formatDuration, plural } from "#lib/format.ts";
import type { RunView, TokenCase } from "#lib/operations/runs/schema.ts";
import { KIND_WORDS } from "./kind-words.ts";

export const TRIGGER_WORDS: Record<RunView["trigger"], string> = {
  operator: "by hand",
  api: "over the API",
  schedule: "on schedule",
};

/** The four ways a run can come by its token, shortest first. */
export const TOKEN_CASE_WORDS: Record<TokenCase, { short: string; long: string }> = {
  single_call: {
    short: "One call",
    long: "One call, so one token: requested, used, done.",
  },
  long_job: {
    short: "Long job",
    long: "One job with many calls. Its token is looked at before every batch and every call, and replaced in time.",
  },
  many_courses: {
    short: "Many courses",
    long: "One job over many courses. One token serves all of them; only the endpoint is swapped.",
  },
  shared_cache: {
    short: "Shared",
    long: "Many jobs on one platform. This run took the token that another job had already got.",
  },
};

/** States in which nothing more of a run is to come. */
const CAME_TO_ITS_END: RunView["state"][] = ["succeeded", "partly_succeeded", "held"];

/**
 * How a run came by its token, in a word; null while that cannot be told. Of one that goes on, or
 * was stopped, nobody knows whether one call would have been all, and a batch is many calls.
 */
export function tokenCaseWord(
  run: Pick<RunView, "token" | "state" | "unit" | "done" | "failed" | "skipped">,
): string | null {
  const known = run.token.case;
  if (known === null) return null;
  if (known !== "single_call") return TOKEN_CASE_WORDS[known].short;
  if (!CAME_TO_ITS_END.includes(run.state)) return null;
  return run.unit === "scores" && handled(run) > 1 ? "One batch" : TOKEN_CASE_WORDS[known].short;
}

/** What a run is about: “Rosters of all courses”, “Grades of Biology 101”. */
export function runTitle(
  run: Pick<RunView, "kind" | "courseId" | "courseTitle"> &
    Partial<Pick<RunView, "isPreview" | "appliesId">>,
): string {
  const target = KIND_WORDS[run.kind].about(
    run.courseId === null ? null : (run.courseTitle ?? "a course"),
  );
  if (run.isPreview) return `Preview: ${target}`;
  return run.appliesId ? `Applied preview: ${target}` : target;
}

/** Parts that are over, well or not. */
export function handled(run: Pick<RunView, "done" | "failed" | "skipped">): number {
  return run.done + run.failed + run.skipped;
}

/** `350 of 412 scores`, `1,204 members`; null while there is nothing to count. */
export function countWords(run: RunView): string | null {
  if (run.unit === "courses" && run.courseId !== null) {
    const { seen } = run.members;
    // Where only what changed was read, nobody may have been listed.
    if (seen > 0) return plural(seen, "member");
    const isOver = run.state === "succeeded" || run.state === "held";
    return isOver ? differenceWords(run.members) : null;
  }
  if (run.total === null) return null;
  return `${formatCount(handled(run))} of ${formatCount(run.total)} ${run.unit}`;
}

/** Where only differences were read, they are what there is to count; nobody else was listed. */
function differenceWords({ added, changed, removed }: RunView["members"]): string {
  const count = added + changed + removed;
  return count === 0 ? "No changes" : plural(count, "change");
}

/** The run in one sentence, without why it failed. */
export function runSentence(run: RunView): string {
  switch (run.state) {
    case "queued":
      return run.waitReason ? `Waiting: ${run.waitReason}.` : "Waiting for a worker to take it.";
    case "running":
      return run.cancelRequested ? "Stopping after the call under way." : runningSentence(run);
    case "paused":
      return "Paused; nothing is sent until it is resumed.";
    case "held":
      return "Held: removals wait for a person to decide.";
    case "succeeded":
      return `${resultSentence(run)}.`;
    case "partly_succeeded":
      return `${resultSentence(run)}; ${plural(run.failed, oneOf(run), run.unit)} ${KIND_WORDS[run.kind].did.failed}.`;
    case "failed":
      return "Failed.";
    case "cancelled":
      return handled(run) === 0
        ? "Cancelled before anything was done."
        : `Cancelled. What was done stays: ${countWords(run)}.`;
  }
}

function runningSentence(run: RunView): string {
  if (run.waitReason) return `Waiting: ${run.waitReason}.`;
  if (run.phase === null || run.phase === "token") return "Getting an access token.";
  const counted = countWords(run);
  if (run.unit === "scores")
    return `${KIND_WORDS[run.kind].did.doing}${counted ? `: ${counted}` : ""}.`;
  const { seen } = run.members;
  const members = run.courseId === null && seen > 0 ? `, ${plural(seen, "member")} so far` : "";
  return `Reading ${run.courseId === null ? "rosters" : "the roster"}${counted ? `: ${counted}${members}` : ""}.`;
}

function resultSentence(run: RunView): string {
  const { did } = KIND_WORDS[run.kind];
  if (run.total === 0) return did.nothing;
  if (run.unit === "scores") {
    const left = run.skipped > 0 ? `, ${formatCount(run.skipped)} left alone` : "";
    return `${plural(run.done, "score")} ${did.done}${left}${tookWords(run)}`;
  }
  const { seen, added, changed, removed } = run.members;
  const courses = run.courseId === null ? ` of ${plural(run.done, "course")}` : "";
  const changes =
    added + changed + removed === 0
      ? "nothing changed"
      : run.isPreview
        ? `it would add ${formatCount(added)}, change ${formatCount(changed)}, remove ${formatCount(removed)}`
        : `${formatCount(added)} added, ${formatCount(changed)} changed, ${formatCount(removed)} removed`;
  const read = seen > 0 ? plural(seen, "member") : "What changed";
  return `${read}${courses} read${tookWords(run)}: ${changes}`;
}

function tookWords({ startedAt, finishedAt }: RunView): string {
  if (!startedAt || !finishedAt) return "";
  return ` in ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`;
}

export const oneOf = (run: RunView) => (run.unit === "scores" ? "score" : "course");
