import { IN_THE_LMS } from "#lib/db/runs/lists/conditions.ts";

const SOMEBODY = "An instructor";

/** Who a launched page acts for, as runs and audit entries name it. */
export function launcherName(known: string | null): string {
  return `${known ?? SOMEBODY}${IN_THE_LMS}`;
}

/** Who a learner's page acts for: a learner is named nowhere. */
export const A_LEARNER = `A learner${IN_THE_LMS}`;

/** The same without the person's name; other names, of operators and keys, stay. */
export function withoutLaunchName(actorName: string): string {
  const isNamed = actorName.endsWith(IN_THE_LMS) && actorName !== A_LEARNER;
  return isNamed ? launcherName(null) : actorName;
}
