import { formatCount, plural } from "#lib/format.ts";
import type { BulkAction, BulkView } from "#lib/operations/bulk/schema.ts";

type Words = {
  /** In the menu, and over the dialog. */
  what: string;
  /** On the button: `Cancel 12 runs`. */
  button: (count: number) => string;
  /** What it means, in the dialog. */
  note: string;
  isDestructive?: true;
};

export const ACTION_WORDS: Record<BulkAction, Words> = {
  "runs.cancel": {
    what: "Cancel runs",
    button: (count) => `Cancel ${plural(count, "run")}`,
    note: "Runs that are under way stop after the calls in flight. What a platform accepted stays there.",
    isDestructive: true,
  },
  "runs.retry": {
    what: "Retry what failed",
    button: (count) => `Retry ${plural(count, "run")}`,
    note: "Each starts a new run over the courses and scores that failed in it.",
  },
  "courses.sync_rosters": {
    what: "Sync rosters",
    button: (count) => `Sync ${plural(count, "roster")}`,
    note: "Each course gets a run of its own. A course whose roster is being synced already is skipped.",
  },
  "courses.sync_grades": {
    what: "Send grades",
    button: (count) => `Send grades of ${plural(count, "course")}`,
    note: "Each course with scores that wait gets a run of its own.",
  },
  "courses.verify": {
    what: "Verify grades",
    button: (count) => `Verify grades of ${plural(count, "course")}`,
    note: "Each course gets a run of its own, which reads back what the LMS holds. Nothing is sent and nothing is changed there.",
  },
  "holds.approve": {
    what: "Approve removals",
    button: (count) => `Approve ${plural(count, "hold")}`,
    note: "Reads each roster once more, and removes the people whom the hold names and the roster still does not list. They are kept and can be restored.",
    isDestructive: true,
  },
  "holds.discard": {
    what: "Discard and keep everybody",
    button: (count) => `Discard ${plural(count, "hold")}`,
    note: "Everybody stays. The next whole roster that does not list them asks again.",
  },
};

/** `2 finished, 1 stopping already`. */
export function untouchedWords(untouched: BulkView["untouched"]): string {
  return untouched.map(({ count, reason }) => `${formatCount(count)} ${reason}`).join(", ");
}

/** `Registration: State University; State: failed`. */
export const filterSentence = (words: readonly string[]): string => words.join("; ");

const LISTS: Record<string, { path: string; label: string }> = {
  runs: { path: "/runs", label: "Runs" },
  courses: { path: "/courses", label: "Courses" },
  holds: { path: "/holds", label: "Holds" },
};

/** The list that the operation was started from, under the same filter. */
export function listOf({ action, filter }: Pick<BulkView, "action" | "filter">) {
  const { path, label } = LISTS[action.split(".")[0] ?? ""] ?? { path: "/runs", label: "Runs" };
  const given = Object.entries(filter).map(([name, value]) => [name, String(value)]);
  return { label, path, href: `${path}?${new URLSearchParams(Object.fromEntries(given))}` };
}

const STARTING: readonly BulkAction[] = [
  "runs.retry",
  "courses.sync_rosters",
  "courses.sync_grades",
  "courses.verify",
];

/** Whether what it does is to start runs, which end later. */
export const startsRuns = ({ action }: Pick<BulkView, "action">): boolean =>
  STARTING.includes(action);

/** Those that its starter started while it worked. */
export function runsOf(operation: BulkView): string {
  const { startedBy, createdAt, finishedAt } = operation;
  const query = new URLSearchParams({ actor: startedBy, since: createdAt });
  if (finishedAt !== null) query.set("until", finishedAt);
  return `/runs?${query}`;
}

/** `350 of 412 dealt with`. */
export function progressWords({ done, skipped, failed, total }: BulkView): string {
  return `${formatCount(done + skipped + failed)} of ${formatCount(total)}`;
}

export function resultWords({ done, skipped, failed }: BulkView): string {
  return `${formatCount(done)} done, ${formatCount(skipped)} skipped, ${formatCount(failed)} failed`;
}

export const isUnderWay = ({ state }: Pick<BulkView, "state">): boolean =>
  state === "running" || state === "cancelling";
