import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { registrationOptions } from "../../courses/registration-options.ts";
import { changeSingleSignOn, testSingleSignOn } from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { AdminsOnly } from "#components/settings/admins-only.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { SingleSignOnCard } from "#components/settings/single-sign-on/single-sign-on-card.tsx";
import { SingleSignOnTestCard } from "#components/settings/single-sign-on/test-card.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { mayDo } from "#lib/operations/permit.ts";
import type { SingleSignOnView } from "#lib/operations/single-sign-on/schema.ts";
import { getSingleSignOn } from "#lib/operations/single-sign-on/settings.ts";

export const metadata: Metadata = { title: "Single sign-on" };

export default async function SingleSignOnPage(props: {
  searchParams: Promise<{ saved?: string | string[] }>;
}) {
  const { saved } = await props.searchParams;
  const caller = await pageCaller("/settings/single-sign-on");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        {mayDo(caller.actor, "admin") ? (
          <ForAdmins caller={caller} isSaved={saved !== undefined} />
        ) : (
          <AdminsOnly of="Single sign-on" />
        )}
      </div>
    </>
  );
}

async function ForAdmins({ caller, isSaved }: { caller: Asker; isSaved: boolean }) {
  const [settings, registrations] = await Promise.all([
    getSingleSignOn(caller),
    registrationOptions(caller),
  ]);
  return (
    <>
      {isSaved && (
        <Banner tone="ok" role="status">
          <p>Saved. {savedWords(settings)}.</p>
        </Banner>
      )}
      {settings.onlyIgnoredBecause && (
        <Banner tone="warn" title="Passwords still work">
          <p>“Single sign-on only” is ignored: {settings.onlyIgnoredBecause}.</p>
        </Banner>
      )}
      <SingleSignOnCard
        // The form starts over from what was saved.
        key={JSON.stringify(settings)}
        change={changeSingleSignOn}
        settings={settings}
        registrations={registrations}
      />
      <SingleSignOnTestCard test={testSingleSignOn} />
    </>
  );
}

function savedWords({ isOn, only, passwordsAreOff }: SingleSignOnView): string {
  if (!isOn) return "Single sign-on is off";
  if (passwordsAreOff) return "Nobody signs in with a password";
  return only
    ? "Passwords open sessions until an admin has signed in through the provider"
    : "Test it, then sign in";
}
