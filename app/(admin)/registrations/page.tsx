import { FileUp, Plus } from "lucide-react";
import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetch, prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { pendingRegistrations, reads } from "#components/live/reads.ts";
import { RegistrationTabs } from "#components/registrations/registration-tabs.tsx";
import { RegistrationTable } from "#components/registrations/registration-table.tsx";
import { ActLink } from "#components/access/act-link.tsx";
import { DraftList } from "#components/wizard/draft-list.tsx";

import { discard } from "./new/actions.ts";

export const metadata: Metadata = { title: "Registrations" };

export default async function RegistrationsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/registrations");
  const read = await Promise.all([
    prefetchList(caller, reads.registrations, props.searchParams),
    prefetch(caller, reads.drafts({})),
    prefetch(caller, pendingRegistrations()),
  ]);
  return (
    <>
      <PageHeader
        title="Registrations"
        description="The LMSs your tool is registered with, each with the client ID it gave you."
        actions={
          <>
            <ActLink href="/registrations/import">
              <FileUp aria-hidden /> Import
            </ActLink>
            <ActLink href="/registrations/new" look="primary">
              <Plus aria-hidden /> Connect an LMS
            </ActLink>
          </>
        }
      />
      <Prefetched reads={read}>
        <RegistrationTabs />
        <DraftList discard={discard} />
        <RegistrationTable />
      </Prefetched>
    </>
  );
}
