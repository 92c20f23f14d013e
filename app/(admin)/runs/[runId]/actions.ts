"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { plural } from "#lib/format.ts";
import * as previews from "#lib/operations/rosters/previews.ts";
import { restoreRemovals } from "#lib/operations/rosters/removals.ts";
import { cancelRun, retryRun } from "#lib/operations/runs/runs.ts";
import { Id } from "#lib/operations/fields.ts";

const Run = z.object({ runId: Id });

export const cancel = formAction(Run, async (caller, input) => {
  const run = await cancelRun(caller, input);
  return done(run.finishedAt ? "Run cancelled" : "Stops after the calls under way");
});

export const applyPreview = formAction(Run, async (caller, { runId }) => {
  const { run } = await previews.applyPreview(caller, { runId, withoutRemovals: false });
  return goTo(`/runs/${run.id}`);
});

export const applyAdditions = formAction(Run, async (caller, { runId }) => {
  const { run } = await previews.applyPreview(caller, { runId, withoutRemovals: true });
  return goTo(`/runs/${run.id}`);
});

export const discardPreview = formAction(Run, async (caller, input) => {
  await previews.discardPreview(caller, input);
  return done("Preview discarded");
});

export const restore = formAction(Run, async (caller, input) => {
  const { restored } = await restoreRemovals(caller, input);
  return done(`${plural(restored, "person", "people")} restored`);
});

export const retryFailed = formAction(Run, async (caller, input) => {
  const { run } = await retryRun(caller, input);
  return goTo(`/runs/${run.id}`);
});
