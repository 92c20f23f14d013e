import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch, prefetchList, type SearchParams } from "../../../_server/prefetch.ts";
import { HoldPage } from "#components/holds/page/hold-page.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { allowLarger, approve, checkAgain, discard, restore } from "./actions.ts";

export const metadata: Metadata = { title: "Hold" };

export default async function HoldDetailPage(props: {
  params: Promise<{ holdId: string }>;
  searchParams: SearchParams;
}) {
  const { holdId } = await props.params;
  const caller = await pageCaller(`/holds/${holdId}`);
  const read = await Promise.all([
    prefetch(caller, reads.hold({ holdId })),
    prefetchList(caller, reads.heldMembers, props.searchParams, { holdId }),
  ]);
  return (
    <Prefetched reads={read}>
      <HoldPage
        holdId={holdId}
        approve={approve}
        discard={discard}
        restore={restore}
        checkAgain={checkAgain}
        allowLarger={allowLarger}
      />
    </Prefetched>
  );
}
