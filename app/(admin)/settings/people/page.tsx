import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch, type SearchParams } from "../../../_server/prefetch.ts";
import { registrationOptions } from "../../courses/registration-options.ts";
import { erase, saveRetention } from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { AdminsOnly } from "#components/settings/admins-only.tsx";
import { ErasedPeople } from "#components/settings/people/erased-people.tsx";
import { PersonCard } from "#components/settings/people/person-card.tsx";
import { RetentionCard } from "#components/settings/people/retention-card.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { mayDo } from "#lib/operations/permit.ts";
import { getRetention } from "#lib/operations/privacy/retention.ts";

export const metadata: Metadata = { title: "People’s data" };

export default async function PeoplePage({ searchParams }: { searchParams: SearchParams }) {
  const caller = await pageCaller("/settings/people");
  const { registrationId, userId } = await searchParams;
  const chosen = {
    registrationId: typeof registrationId === "string" ? registrationId : "",
    userId: typeof userId === "string" ? userId : "",
  };
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        {mayDo(caller.actor, "admin") ? (
          <ForAdmins caller={caller} chosen={chosen} />
        ) : (
          <AdminsOnly of="People’s data" />
        )}
      </div>
    </>
  );
}

async function ForAdmins(props: {
  caller: Asker;
  chosen: { registrationId: string; userId: string };
}) {
  const { caller, chosen } = props;
  const [retention, registrations, erased] = await Promise.all([
    getRetention(caller),
    registrationOptions(caller),
    prefetch(caller, reads.erasedPeople({})),
  ]);
  return (
    <>
      <PersonCard registrations={registrations} chosen={chosen} erase={erase} />
      <Prefetched reads={[erased]}>
        <ErasedPeople registrations={registrations} />
      </Prefetched>
      <RetentionCard action={saveRetention} retention={retention} />
    </>
  );
}
