import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { paintList, type SearchParams } from "../../../_server/read-filter.ts";
import { HoldPage } from "#components/holds/hold-page.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { getHold, listHeldMembers } from "#lib/operations/holds/holds.ts";
import { PageQuery } from "#lib/operations/fields.ts";
import { allowLarger, approve, checkAgain, discard } from "./actions.ts";

export const metadata: Metadata = { title: "Hold" };

export default async function HoldDetailPage(props: {
  params: Promise<{ holdId: string }>;
  searchParams: SearchParams;
}) {
  const { holdId } = await props.params;
  const path = `/api/v1/holds/${holdId}`;
  const caller = await pageCaller(`/holds/${holdId}`);
  const data = await found(getHold(caller, { holdId }));
  const members = await paintList({
    path: `${path}/members`,
    schema: PageQuery,
    searchParams: props.searchParams,
    read: (filter) => listHeldMembers(caller, { holdId, ...filter }),
  });
  return (
    <FirstPaint reads={[{ path, data }, ...members]}>
      <HoldPage
        holdId={holdId}
        approve={approve}
        discard={discard}
        checkAgain={checkAgain}
        allowLarger={allowLarger}
      />
    </FirstPaint>
  );
}
