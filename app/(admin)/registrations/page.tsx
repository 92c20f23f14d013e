import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { pageCaller } from "../../_server/caller.ts";
import { paintList, type SearchParams } from "../../_server/read-filter.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { RegistrationTabs } from "#components/registrations/registration-tabs.tsx";
import { RegistrationTable } from "#components/registrations/registration-table.tsx";
import { DraftList } from "#components/wizard/draft-list.tsx";
import { DRAFTS_PATH } from "#components/wizard/drafts-path.ts";
import { Button } from "#components/ui/button.tsx";
import { listDrafts } from "#lib/operations/registrations/drafts.ts";
import { listRegistrations } from "#lib/operations/registrations/registrations.ts";
import { RegistrationFilter } from "#lib/operations/registrations/schema.ts";

import { discard } from "./new/actions.ts";

export const metadata: Metadata = { title: "Registrations" };

export default async function RegistrationsPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/registrations");
  const [reads, drafts] = await Promise.all([
    paintList({
      path: "/api/v1/registrations",
      schema: RegistrationFilter,
      searchParams: props.searchParams,
      read: (filter) => listRegistrations(caller, filter),
    }),
    listDrafts(caller, {}),
  ]);
  return (
    <>
      <PageHeader
        title="Registrations"
        description="The LMSs your tool is registered with, each with the client ID it gave you."
        actions={
          <Button asChild look="primary">
            <Link href="/registrations/new">
              <Plus aria-hidden /> Connect an LMS
            </Link>
          </Button>
        }
      />
      <RegistrationTabs />
      <FirstPaint reads={[...reads, { path: DRAFTS_PATH, data: drafts }]}>
        <DraftList discard={discard} />
        <RegistrationTable />
      </FirstPaint>
    </>
  );
}
