"use client";

import { Archive, FlaskConical, RefreshCw, ScanSearch } from "lucide-react";
import { useSyncBlock } from "#components/access/sync-block.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import type { PauseActions } from "#components/forms/acts/pause-button.tsx";
import { HealthBadge } from "#components/states/health-badge.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { TabNav } from "#components/layout/navigation/tab-nav.tsx";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import { formatCount } from "#lib/format.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { PLATFORM_NAMES } from "#lib/platforms/names.ts";
import { PauseRegistration } from "./pause-registration.tsx";
import type { PacingProps } from "./platform-pacing.tsx";

const PlatformPacing = lazily<PacingProps>(() =>
  import("./platform-pacing.tsx").then(({ PlatformPacing }) => PlatformPacing),
);

type Actions = PauseActions & {
  syncRosters: FormAction;
  verifyGrades: FormAction;
  restore: FormAction;
  tryNow: FormAction;
  testConnection: FormAction;
};

export function RegistrationHeader({
  registrationId,
  ...actions
}: Actions & { registrationId: string }) {
  const read = useRead(reads.registration({ registrationId }));
  const href = `/registrations/${registrationId}`;
  return (
    <>
      <ReadState of={read} waiting={null}>
        {(registration) => (
          <>
            {registration.archivedAt && <ArchivedBanner registration={registration} {...actions} />}
            {registration.pausedAt && !registration.archivedAt && (
              <PausedBanner registration={registration} />
            )}
            {isLeftAlone(registration) && (
              <PlatformPacing registration={registration} tryNow={actions.tryNow} />
            )}
            <Title registration={registration} {...actions} />
          </>
        )}
      </ReadState>
      <TabNav
        label="Registration"
        tabs={[
          { href, label: "Overview" },
          { href: `${href}/courses`, label: "Courses", count: courseCountOf(read.data) },
          { href: `${href}/runs`, label: "Runs" },
          { href: `${href}/token`, label: "Token" },
          { href: `${href}/schedules`, label: "Schedules" },
          { href: `${href}/test`, label: "Connection test" },
          { href: `${href}/settings`, label: "Settings" },
        ]}
      />
    </>
  );
}

function isLeftAlone({ flow }: RegistrationView): boolean {
  return Boolean(flow?.coolingDownUntil ?? flow?.silentSince);
}

function courseCountOf(registration: RegistrationView | undefined): string | undefined {
  return registration && formatCount(registration.courseCount);
}

function PausedBanner({ registration }: { registration: RegistrationView }) {
  return (
    <Banner tone="idle" className="mb-4" title="This registration is paused">
      <p>
        By {registration.pausedBy}, <RelativeTime at={registration.pausedAt} />. None of its courses
        is synced; scores are still accepted and go out when it is resumed.
      </p>
    </Banner>
  );
}

function Title({
  registration,
  syncRosters,
  verifyGrades,
  testConnection,
  ...pauses
}: Actions & { registration: RegistrationView }) {
  const isPaused = registration.pausedAt !== null;
  const { id, name, profile, isDemo, courseCount } = registration;
  const values = { registrationId: id };
  const block = useSyncBlock(registration.syncBlock);
  return (
    <PageHeader
      title={name}
      crumbs={[{ label: "Registrations", href: "/registrations" }]}
      status={
        <>
          <HealthBadge {...registration} />
          {isDemo && <Badge>Demo</Badge>}
        </>
      }
      description={
        <>
          {PLATFORM_NAMES[profile]}; last success <RelativeTime at={registration.lastSuccessAt} />
        </>
      }
      actions={
        !registration.archivedAt && (
          <>
            <PauseRegistration registration={registration} {...pauses} />
            <ActionButton action={testConnection} values={values}>
              <FlaskConical aria-hidden /> Test connection
            </ActionButton>
            {courseCount > 0 && (
              <>
                <ActionButton action={verifyGrades} values={values} blocked={block}>
                  <ScanSearch aria-hidden /> Verify grades
                </ActionButton>
                <ActionButton
                  action={syncRosters}
                  values={values}
                  blocked={block}
                  look={isPaused ? "secondary" : "primary"}
                >
                  <RefreshCw aria-hidden /> Sync all rosters
                </ActionButton>
              </>
            )}
          </>
        )
      }
    />
  );
}

function ArchivedBanner({ registration, restore }: Actions & { registration: RegistrationView }) {
  return (
    <Banner
      tone="warn"
      className="mb-4"
      title="This registration is archived"
      actions={
        <ActionButton action={restore} values={{ registrationId: registration.id }} size="sm">
          <Archive aria-hidden /> Restore
        </ActionButton>
      }
    >
      <p>Nothing is synced. Its courses, rosters and scores are kept.</p>
    </Banner>
  );
}
