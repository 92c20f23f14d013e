import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../../../_server/prefetch.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { RunList } from "#components/runs/run-list.tsx";

export const metadata: Metadata = { title: "Runs of a registration" };

export default async function RegistrationRunsPage(props: {
  params: Promise<{ registrationId: string }>;
  searchParams: SearchParams;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}/runs`);
  const list = await prefetchList(caller, reads.runs, props.searchParams, { registrationId });
  return (
    <Prefetched reads={[list]}>
      <RunList fixed={{ registrationId }} />
    </Prefetched>
  );
}
