"use client";

import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { plural } from "#lib/format.ts";
import type { SystemView, WorkerView } from "#lib/operations/system/schema.ts";

/** What this installation is made of. */
export function SystemCard() {
  const read = useRead(reads.system({}));
  return (
    <Card aria-labelledby="system">
      <CardHeader
        id="system"
        title="System"
        description="Set by the environment; a change takes effect at the next start."
      />
      <ReadState of={read} errorClassName="p-3" waiting={<SkeletonRows rows={4} />}>
        {(system) => <SystemFacts system={system} />}
      </ReadState>
    </Card>
  );
}

function SystemFacts({ system }: { system: SystemView }) {
  const { database, workers } = system;
  return (
    <FactList
      facts={[
        { label: "Version", value: <span className="tabular-nums">{system.version}</span> },
        {
          label: "Public address",
          value: <CopyValue value={system.publicUrl} label="public address" />,
          note: "Platforms and browsers reach this installation here.",
        },
        {
          label: "JWKS URL",
          value: <CopyValue value={system.jwksUrl} label="JWKS URL" />,
          note: "Platforms fetch our public keys here to check each token request.",
        },
        {
          label: "Database",
          value: `PostgreSQL ${database.version}, ${database.kind === "embedded" ? "embedded" : "on a server"}`,
        },
        {
          label: "Workers",
          value: workers.length === 0 ? "None seen within a day" : <Workers workers={workers} />,
        },
        {
          label: "Private networks",
          value: system.allowsPrivateNetwork ? "Platforms on them are allowed" : "Refused",
        },
        {
          label: "API",
          value: (
            <a
              href="/docs/api"
              target="_blank"
              rel="noopener"
              className="font-medium text-accent underline decoration-accent-line underline-offset-2"
            >
              API reference
            </a>
          ),
          note: "Every act of this console is there too, with an API key as Bearer token.",
        },
      ]}
    />
  );
}

function Workers({ workers }: { workers: WorkerView[] }) {
  const alive = workers.filter(({ isAlive }) => isAlive);
  const shown = alive.length > 0 ? alive : workers.slice(0, 1);
  return (
    <>
      <p>{alive.length === 0 ? "None running" : `${plural(alive.length, "worker")} running`}</p>
      <ul className="mt-1 space-y-1 text-xs text-muted">
        {shown.map((worker) => (
          <li key={worker.id} className="flex items-center gap-2">
            <span
              aria-hidden
              className={cn(
                "size-2 shrink-0 rounded-full",
                worker.isAlive ? "bg-ok-fill" : "bg-bad-fill",
              )}
            />
            <span className="min-w-0">
              <span className="font-mono">
                {worker.host}:{worker.pid}
              </span>
              , heartbeat <RelativeTime at={worker.heartbeatAt} />, started{" "}
              <RelativeTime at={worker.startedAt} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
