import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import {
  changeSessionLimits,
  changeSignInRules,
  endOtherSessions,
  endOwnSession,
  endSession,
} from "../actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { SessionLimitsCard } from "#components/settings/sessions/session-limits.tsx";
import { SignInRulesCard } from "#components/settings/sessions/sign-in-rules.tsx";
import { AllSessions, OwnSessions } from "#components/settings/sessions/sessions.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { mayDo } from "#lib/operations/permit.ts";
import { getSessionLimits, getSignInRules } from "#lib/operations/sessions/limits.ts";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  const caller = await pageCaller("/settings/sessions");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        <Prefetched reads={[await prefetch(caller, reads.ownSessions({}))]}>
          <OwnSessions end={endOwnSession} endOthers={endOtherSessions} />
        </Prefetched>
        {mayDo(caller.actor, "admin") && <Everybody caller={caller} />}
      </div>
    </>
  );
}

async function Everybody({ caller }: { caller: Asker }) {
  const [sessions, limits, rules] = await Promise.all([
    prefetch(caller, reads.sessions({})),
    getSessionLimits(caller),
    getSignInRules(caller),
  ]);
  return (
    <>
      <Prefetched reads={[sessions]}>
        <AllSessions end={endSession} />
      </Prefetched>
      <SessionLimitsCard action={changeSessionLimits} limits={limits} />
      <SignInRulesCard action={changeSignInRules} rules={rules} />
    </>
  );
}
