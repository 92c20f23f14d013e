"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../../_server/forms/form-action.ts";
import { Id } from "#lib/operations/fields.ts";
import { decideDifferences } from "#lib/operations/proof/proof.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import { plural } from "#lib/format.ts";

const Course = z.object({ courseId: Id });

export const verify = formAction(Course, async (caller, { courseId }) => {
  const { run } = await startRun(caller, { kind: "verify", courseId });
  return goTo(`/runs/${run.id}`);
});

const Decision = Course.extend({
  act: z.enum(["send", "take", "leave"]),
  scoreId: Id.optional(),
  finding: z.enum(["differs", "missing"]).optional(),
  lineItemId: Id.optional(),
  q: z.string().optional(),
});

const DONE = {
  send: "wanted again",
  take: "taken over from the platform",
  leave: "left as they are",
} as const;

export const decide = formAction(
  Decision,
  async (caller, { courseId, act, scoreId, ...matching }) => {
    const which = scoreId ? { scoreIds: [scoreId] } : { matching };
    const { decided, runId } = await decideDifferences(caller, {
      courseId,
      act,
      send: true,
      ...which,
    });
    if (runId) return goTo(`/runs/${runId}`);
    if (decided === 0) return done("Somebody decided about this before; nothing was changed");
    return done(`${plural(decided, "score")} ${DONE[act]}`);
  },
);
