import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch, type SearchParams } from "../../../_server/prefetch.ts";
import { erase, saveRetention } from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { ErasedPeople } from "#components/settings/people/erased-people.tsx";
import { PersonCard } from "#components/settings/people/person-card.tsx";
import { RetentionCard } from "#components/settings/people/retention-card.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { getRetention } from "#lib/operations/privacy/retention.ts";
import { listRegistrations } from "#lib/operations/registrations/registrations.ts";

export const metadata: Metadata = { title: "People’s data" };

export default async function PeoplePage({ searchParams }: { searchParams: SearchParams }) {
  const caller = await pageCaller("/settings/people");
  const { registrationId, userId } = await searchParams;
  const [retention, registrations, erased] = await Promise.all([
    getRetention(caller),
    listRegistrations(caller, { limit: 200 }),
    prefetch(caller, reads.erasedPeople({})),
  ]);
  const known = registrations.items.map(({ id, name }) => ({ id, name }));
  const chosen = {
    registrationId: typeof registrationId === "string" ? registrationId : "",
    userId: typeof userId === "string" ? userId : "",
  };
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        <PersonCard registrations={known} chosen={chosen} erase={erase} />
        <Prefetched reads={[erased]}>
          <ErasedPeople registrations={known} />
        </Prefetched>
        <RetentionCard action={saveRetention} retention={retention} />
      </div>
    </>
  );
}
