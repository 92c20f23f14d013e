import type { Metadata } from "next";
import { pageCaller } from "../../../../../_server/caller.ts";
import { found } from "../../../../../_server/found.ts";
import { ScoreUpload } from "#components/grades/csv/score-upload.tsx";
import { previewScores, storeScores } from "../actions.ts";
import { lineItemOptions } from "../line-item-options.ts";

export const metadata: Metadata = { title: "Upload scores" };

export default async function UploadScoresPage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: Promise<{ lineItemId?: string | string[] }>;
}) {
  const { courseId } = await props.params;
  const { lineItemId } = await props.searchParams;
  const caller = await pageCaller(`/courses/${courseId}/grades/upload`);
  const { options, chosen } = await found(lineItemOptions(caller, { courseId, given: lineItemId }));
  return (
    <ScoreUpload
      courseId={courseId}
      lineItems={options}
      chosenLineItemId={chosen}
      previewScores={previewScores}
      storeScores={storeScores}
    />
  );
}
