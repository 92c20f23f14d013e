"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../../_server/forms/form-action.ts";
import * as conflicts from "#lib/operations/scores/conflicts.ts";
import * as lineItem from "#lib/operations/line-items/acts/add-line-item.ts";
import * as lineItems from "#lib/operations/line-items/line-items.ts";
import { Id } from "#lib/operations/fields.ts";
import { LineItemInput } from "#lib/operations/line-items/schema.ts";
import type { ScorePushResult } from "#lib/operations/scores/schema.ts";
import { confirmScoreCsv, decodeCsv, previewScoreCsv } from "#lib/operations/scores/csv/index.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { withdrawScores } from "#lib/operations/scores/withdraw.ts";
import { plural } from "#lib/format.ts";
import { CsvFile, ScoreForm, scoreOf } from "./form-schema.ts";

const Course = z.object({ courseId: Id });
const LineItem = z.object({ lineItemId: Id });

export const importLineItems = formAction(Course, async (caller, input) => {
  const { added, updated, gone, complete } = await lineItems.importLineItems(caller, input);
  const news = added + updated === 0 ? "nothing new" : `${added} added, ${updated} updated`;
  const counts = gone === 0 ? news : `${news}, ${gone} gone from the platform`;
  return done(
    complete ? `Line items: ${counts}` : `Line items: ${counts}; the list broke off early`,
  );
});

export const addLineItem = formAction(LineItemInput.extend(Course.shape), async (caller, input) => {
  const { label, wasCreated, differs, scoreMaximum } = await lineItem.addLineItem(caller, input);
  const isWhat = differs.length > 0 ? `, with a maximum of ${scoreMaximum}` : "";
  return done(`Line item “${label}” ${wasCreated ? "added" : `was there already${isWhat}`}`);
});

export const previewScores = formAction(
  LineItem.extend({ file: CsvFile }),
  async (caller, { lineItemId, file }) => {
    const csv = decodeCsv(new Uint8Array(await file.arrayBuffer()));
    const preview = await previewScoreCsv(caller, { lineItemId, csv });
    return done(undefined, { lineItemId, fileName: file.name, csv, preview });
  },
);

export const storeScores = formAction(
  LineItem.extend({ csv: z.string(), send: z.boolean().default(false) }),
  async (caller, { csv, ...input }) => {
    // A form sends each line break as CR LF, also those inside a comment.
    const asRead = csv.replaceAll("\r\n", "\n");
    return followed(await confirmScoreCsv(caller, { ...input, csv: asRead }));
  },
);

export const setScore = formAction(ScoreForm, async (caller, { lineItemId, send, ...fields }) =>
  followed(await pushScores(caller, { lineItemId, send, scores: [scoreOf(fields)] })),
);

export const withdrawScore = formAction(
  LineItem.extend({ userId: z.string() }),
  async (caller, { lineItemId, userId }) => {
    const { withdrawn } = await withdrawScores(caller, { lineItemId, userIds: [userId] });
    if (withdrawn > 0) return done("Score withdrawn");
    return done("It no longer waits, or was tried without an answer: nothing was changed");
  },
);

export const resolveConflicts = formAction(
  Course.extend({ scoreIds: z.string(), resolution: z.enum(["keep", "overwrite"]) }),
  async (caller, { courseId, scoreIds, resolution }) => {
    const ids = scoreIds.split(",");
    const asked = { courseId, scoreIds: ids, resolution, send: resolution === "overwrite" };
    const { resolved, runId } = await conflicts.resolveConflicts(caller, asked);
    if (runId) return goTo(`/runs/${runId}`);
    if (resolved === 0) return done("Somebody decided about this before; nothing was changed");
    if (resolution === "overwrite") return done(`${plural(resolved, "score")} wanted again`);
    return done(
      `${plural(resolved, "score")} left as the platform has ${resolved === 1 ? "it" : "them"}`,
    );
  },
);

/** To the run that sends them; else a word on what was stored. */
function followed(result: ScorePushResult) {
  if (result.runId) return goTo(`/runs/${result.runId}`);
  const unchanged = result.unchanged > 0 ? `, ${result.unchanged} were the same already` : "";
  return done(`${plural(result.accepted, "score")} stored${unchanged}`, result);
}
