import { ActLink } from "#components/access/act-link.tsx";
import { Needs } from "#components/access/rights.tsx";
import { PenLine, Upload } from "lucide-react";
import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetch, prefetchList, type SearchParams } from "../../../../_server/prefetch.ts";
import { NoGrades } from "#components/grades/no-grades.tsx";
import { ScoreList } from "#components/grades/score-list.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { lineItemsOf, reads } from "#components/live/reads.ts";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { retryFailed } from "../../../runs/[runId]/actions.ts";
import { resolveConflicts, withdrawScore } from "./actions.ts";

export const metadata: Metadata = { title: "Scores" };

export default async function GradesPage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: SearchParams;
}) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/grades`);
  const [{ data: course }, lineItems, scores] = await Promise.all([
    prefetch(caller, reads.course({ courseId })),
    prefetch(caller, lineItemsOf(courseId)),
    prefetchList(caller, reads.scores, props.searchParams, { courseId }),
  ]);
  const canPush = !course.archivedAt && lineItems.data.total > 0;
  return (
    <Prefetched reads={[lineItems, scores]}>
      <div className="space-y-5">
        {!course.offersGrades && <NoGrades courseId={courseId} />}
        <div>
          <h2 className="sr-only">Scores</h2>
          <ScoreList
            courseId={courseId}
            empty={<EmptyWords courseId={courseId} canPush={canPush} />}
            tools={canPush && <PushLinks courseId={courseId} />}
            resolveConflicts={resolveConflicts}
            withdrawScore={withdrawScore}
            resend={retryFailed}
          />
        </div>
      </div>
    </Prefetched>
  );
}

function PushLinks({ courseId }: { courseId: string }) {
  const grades = `/courses/${courseId}/grades`;
  return (
    <div className="flex flex-wrap gap-2">
      <Needs right="scores:write">
        <ActLink size="sm" href={`${grades}/score`}>
          <PenLine aria-hidden /> Enter a score
        </ActLink>
        <ActLink size="sm" href={`${grades}/upload`}>
          <Upload aria-hidden /> Upload CSV
        </ActLink>
      </Needs>
    </div>
  );
}

function EmptyWords({ courseId, canPush }: { courseId: string; canPush: boolean }) {
  if (canPush) return "Scores come in over the API, from a CSV file, or by hand.";
  return (
    <>
      Scores go to a line item: import or add one under{" "}
      <TextLink href={`/courses/${courseId}/grades/line-items`}>Line items</TextLink> first.
    </>
  );
}
