import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { registrationOptions } from "../courses/registration-options.ts";
import { previewOperation, startOperation } from "../operations/actions.ts";
import { HoldList } from "#components/holds/hold-list.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";

export const metadata: Metadata = { title: "Holds" };

export default async function HoldsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/holds");
  const list = await prefetchList(caller, reads.holds, props.searchParams);
  return (
    <>
      <PageHeader
        title="Holds"
        description="Removals that a sync found and did not apply, because they look like a fault."
      />
      <Prefetched reads={[list]}>
        <HoldList
          registrations={await registrationOptions(caller)}
          bulk={{ preview: previewOperation, start: startOperation }}
        />
      </Prefetched>
    </>
  );
}
