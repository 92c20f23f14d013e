import { z } from "zod";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { command } from "./command.ts";
import type { LineItem } from "#tests/support/platform/grades/line-item.ts";
import { pointsOf } from "#tests/support/platform/grades/points.ts";
import { courseOf } from "./set-up-commands.ts";
import { lineItemSchema } from "./schemas.ts";

const oneLineItem = z.strictObject({ lineItem: z.string() });

export const gradebookCommands = {
  /** A column that a teacher made. */
  addLineItem: command(lineItemSchema.extend({ contextId: z.string() }), (state, input) => {
    const { contextId, ...fields } = input;
    const { url } = courseOf(state, contextId).addLineItem(fields);
    return { url, ...fields };
  }),
  removeLineItem: command(oneLineItem, (state, input) => {
    const { course, lineItem } = lineItemOf(state, input.lineItem);
    course.lineItems.delete(lineItem.number);
    return {};
  }),
  /** A teacher locks a whole column, or the grades of these people in it; they can be unlocked. */
  lockGrades: command(
    oneLineItem.extend({
      userIds: z.array(z.string()).optional(),
      locked: z.boolean().default(true),
    }),
    (state, { lineItem: url, userIds, locked }) => {
      const { lineItem } = lineItemOf(state, url);
      if (!userIds) lineItem.isLocked = locked;
      for (const userId of userIds ?? [])
        if (locked) lineItem.lockedUsers.add(userId);
        else lineItem.lockedUsers.delete(userId);
      return {};
    },
  ),
  /** What the gradebook shows now, by person, in points of the column. */
  gradesOf: command(oneLineItem, (state, input) => {
    const { lineItem } = lineItemOf(state, input.lineItem);
    return [...lineItem.scores.values()].map(({ userId, result }) => ({
      userId,
      grade: result === undefined ? null : pointsOf(result, lineItem.fields.scoreMaximum),
    }));
  }),
  lineItemsOf: command(z.strictObject({ contextId: z.string() }), (state, { contextId }) =>
    [...courseOf(state, contextId).lineItems.values()].map(({ url, fields }) => ({
      url,
      ...fields,
    })),
  ),
  scoresOf: command(oneLineItem, (state, input) =>
    [...lineItemOf(state, input.lineItem).lineItem.scores.values()].map(
      ({ moment: _moment, ...score }) => score,
    ),
  ),
  /** Grades that were there before the test began. */
  setGrades: command(
    oneLineItem.extend({
      grades: z.array(z.object({ userId: z.string(), resultScore: z.number() })),
    }),
    (state, { lineItem: url, grades }) => {
      const { lineItem } = lineItemOf(state, url);
      for (const { userId, resultScore } of grades) setGrade(lineItem, userId, resultScore);
      return {};
    },
  ),
  /** A teacher sets a grade in the gradebook; the result shows it. */
  overrideResult: command(
    oneLineItem.extend({ userId: z.string(), resultScore: z.number().min(0) }),
    (state, { lineItem: url, userId, resultScore }) => {
      setGrade(lineItemOf(state, url).lineItem, userId, resultScore);
      return {};
    },
  ),
};

function setGrade(lineItem: LineItem, userId: string, resultScore: number): void {
  const share = resultScore / lineItem.fields.scoreMaximum;
  const now = new Date();
  lineItem.scores.set(userId, {
    activityProgress: "Completed",
    gradingProgress: "FullyGraded",
    history: [],
    repeats: 0,
    attempts: 0,
    extensions: {},
    ...lineItem.scores.get(userId),
    userId,
    timestamp: now.toISOString(),
    moment: { ms: now.getTime(), finer: "" },
    override: share,
    result: share,
  });
}

function lineItemOf(state: PlatformState, url: string) {
  for (const course of state.courses.values()) {
    for (const lineItem of course.lineItems.values()) {
      if (lineItem.url === url) return { course, lineItem };
    }
  }
  throw new Error(`no line item ${url}`);
}
