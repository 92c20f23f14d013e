import { beforeEach } from "vitest";
import { importLineItems } from "#lib/operations/line-items/line-items.ts";
import { addCourse, register } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

export const QUIZ = {
  label: "Quiz 1",
  scoreMaximum: 60,
  resourceId: "quiz-1",
  tag: "grade",
  startDateTime: "2026-03-06T20:05:02Z",
};

/** An installation for the tests of a file, with courses that have one column each. */
export function useOneColumn() {
  const used = useInstallation();
  const { installation, platform, operator } = used;
  beforeEach(() => platform.behave({}));
  return {
    ...used,
    /** A course with one column, imported as the platform has it. */
    async course(given: { lineItems?: object[]; resourceLinks?: { id: string }[] } = {}) {
      const registration = await register(installation, platform);
      const made = await addCourse(installation, platform, registration, {
        members: 4,
        lineItems: [QUIZ],
        ...given,
      } as Parameters<typeof addCourse>[3]);
      await importLineItems(operator, { courseId: made.course.id });
      const { id: lineItemId, url } = made.lineItems[0]!;
      return { ...made, registration, lineItemId, url };
    },
    async onPlatform(contextId: string) {
      const [item] = await platform.lineItemsOf({ contextId });
      return item as Record<string, unknown> | undefined;
    },
  };
}
