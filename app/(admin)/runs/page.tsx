import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { paintList, type SearchParams } from "../../_server/read-filter.ts";
import { registrationOptions } from "../courses/registration-options.ts";
import { previewOperation, startOperation } from "../operations/actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { RunList } from "#components/runs/run-list.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { listRuns } from "#lib/operations/runs/runs.ts";
import { RunFilter } from "#lib/operations/runs/schema.ts";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/runs");
  const reads = await paintList({
    path: "/api/v1/runs",
    schema: RunFilter,
    searchParams: props.searchParams,
    read: (filter) => listRuns(caller, filter),
  });
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
      <FirstPaint reads={reads}>
        <RunList
          registrations={await registrationOptions(caller)}
          bulk={{ preview: previewOperation, start: startOperation }}
        />
      </FirstPaint>
    </>
  );
}
