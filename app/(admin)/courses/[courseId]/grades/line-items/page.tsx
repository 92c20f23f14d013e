import type { Metadata } from "next";
import { pageCaller } from "../../../../../_server/caller.ts";
import { prefetch } from "../../../../../_server/prefetch.ts";
import { LineItemCard } from "#components/grades/line-items/line-item-card.tsx";
import { NoGrades } from "#components/grades/no-grades.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { lineItemsOf, reads } from "#components/live/reads.ts";
import { addLineItem, importLineItems } from "../actions.ts";

export const metadata: Metadata = { title: "Line items" };

export default async function LineItemsPage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/grades/line-items`);
  const [{ data: course }, lineItems] = await Promise.all([
    prefetch(caller, reads.course({ courseId })),
    prefetch(caller, lineItemsOf(courseId)),
  ]);
  return (
    <Prefetched reads={[lineItems]}>
      <div className="space-y-5">
        {!course.offersGrades && <NoGrades courseId={courseId} />}
        <LineItemCard
          courseId={courseId}
          importLineItems={importLineItems}
          addLineItem={addLineItem}
        />
      </div>
    </Prefetched>
  );
}
