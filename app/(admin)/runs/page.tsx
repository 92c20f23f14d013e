import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { registrationOptions } from "../courses/registration-options.ts";
import { previewOperation, startOperation } from "../operations/actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { RunList } from "#components/runs/run-list.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/runs");
  const list = await prefetchList(caller, reads.runs, props.searchParams);
  return (
    <>
      <PageHeader
        title="Runs"
        description="Every sync: rosters that come in, grades that go out, newest first."
        actions={
          <TextLink href="/operations" className="text-sm">
            Bulk operations
          </TextLink>
        }
      />
      <Prefetched reads={[list]}>
        <RunList
          registrations={await registrationOptions(caller)}
          bulk={{ preview: previewOperation, start: startOperation }}
        />
      </Prefetched>
    </>
  );
}
