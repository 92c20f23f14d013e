import type { Metadata } from "next";
import { pageCaller } from "../../../../../../_server/caller.ts";
import { prefetch } from "../../../../../../_server/prefetch.ts";
import { LineItemPage } from "#components/grades/line-items/line-item-page.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { compareLineItem, removeLineItem, saveLineItem } from "./actions.ts";

export const metadata: Metadata = { title: "Line item" };

export default async function OneLineItemPage(props: {
  params: Promise<{ courseId: string; lineItemId: string }>;
}) {
  const { courseId, lineItemId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/grades/line-items/${lineItemId}`);
  const lineItem = await prefetch(caller, reads.lineItem({ lineItemId }));
  return (
    <Prefetched reads={[lineItem]}>
      <LineItemPage
        courseId={courseId}
        lineItemId={lineItemId}
        compare={compareLineItem}
        save={saveLineItem}
        remove={removeLineItem}
      />
    </Prefetched>
  );
}
