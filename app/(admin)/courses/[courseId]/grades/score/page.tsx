import type { Metadata } from "next";
import { pageCaller } from "../../../../../_server/caller.ts";
import { found } from "../../../../../_server/found.ts";
import { ScoreForm } from "#components/grades/score-form.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { setScore } from "../actions.ts";
import { lineItemOptions } from "../line-item-options.ts";

export const metadata: Metadata = { title: "Enter a score" };

export default async function EnterScorePage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: Promise<{ lineItemId?: string | string[]; userId?: string | string[] }>;
}) {
  const { courseId } = await props.params;
  const { lineItemId, userId } = await props.searchParams;
  const caller = await pageCaller(`/courses/${courseId}/grades/score`);
  const { options, chosen } = await found(lineItemOptions(caller, { courseId, given: lineItemId }));
  return (
    <div className="max-w-2xl">
      <Card aria-labelledby="score-title">
        <CardHeader
          id="score-title"
          title="Enter a score"
          description="It waits until the next grade sync, unless it is sent now."
        />
        <CardBody>
          <ScoreForm
            courseId={courseId}
            lineItems={options}
            defaultValue={{
              lineItemId: chosen ?? "",
              userId: typeof userId === "string" ? userId : undefined,
            }}
            setScore={setScore}
          />
        </CardBody>
      </Card>
    </div>
  );
}
