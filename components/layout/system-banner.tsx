"use client";

import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Banner } from "#components/ui/banner.tsx";
import type { SystemView } from "#lib/operations/schemas/system.ts";

/** What every page must say first: that nothing is being done, or that none of it is real. */
export function SystemBanner({ removeDemoData }: { removeDemoData: FormAction }) {
  const { data: system } = useLiveResource<SystemView>("/api/v1/system");
  if (!system || (system.engine.alive && !system.hasDemoData)) return null;
  return (
    <div className="space-y-2 px-4 pt-4 sm:px-6 lg:px-8">
      {!system.engine.alive && <EngineDown lastHeartbeatAt={system.engine.lastHeartbeatAt} />}
      {system.hasDemoData && (
        <Banner
          tone="active"
          actions={
            <ActionButton action={removeDemoData} values={{}} size="sm">
              Remove demo data
            </ActionButton>
          }
        >
          <p>The demo’s platform, courses and people are made up; the requests to them are real.</p>
        </Banner>
      )}
    </div>
  );
}

function EngineDown({ lastHeartbeatAt }: { lastHeartbeatAt: string | null }) {
  return (
    <Banner tone="bad" role="alert" title="No worker is running">
      <p>
        Nothing is synced; runs wait until one starts.{" "}
        {lastHeartbeatAt === null ? (
          "None was seen within a day."
        ) : (
          <>
            The last heartbeat came <RelativeTime at={lastHeartbeatAt} />.
          </>
        )}
      </p>
      <p className="text-muted">
        Check that <code className="font-mono text-xs">npm start</code> or{" "}
        <code className="font-mono text-xs">npm run worker</code> runs, that{" "}
        <code className="font-mono text-xs">ROLLBOOK_WORKER</code> is not off everywhere, and read
        its log.
      </p>
    </Banner>
  );
}
