import { KeyRound, RefreshCw, Repeat, Shuffle, type LucideIcon } from "lucide-react";
import { ClockTime } from "#components/live/time.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCount, UNKNOWN } from "#lib/format.ts";
import type { RunDetail, RunEventView, TokenCase } from "#lib/operations/runs/schema.ts";
import { EventMessage } from "#components/runs/page/event-message.tsx";
import { TOKEN_CASE_WORDS } from "#components/runs/run-words.ts";

const CASES = Object.entries(TOKEN_CASE_WORDS) as [TokenCase, { short: string; long: string }][];

/** How this run came by its access token, and what it did with it. */
export function TokenPanel({ run }: { run: RunDetail }) {
  const isKnown = run.token.case !== null;
  const figures: { label: string; icon: LucideIcon; count: number }[] = [
    { label: "Requested", icon: KeyRound, count: run.token.requested },
    { label: "Reused", icon: Repeat, count: run.token.reused },
    { label: "Refreshed", icon: RefreshCw, count: run.token.refreshed },
    { label: "Endpoint swaps", icon: Shuffle, count: run.token.endpointSwaps },
  ];
  return (
    <Card aria-labelledby="run-token">
      <CardHeader
        id="run-token"
        title="Access token"
        actions={
          <TextLink href={`/tokens#${run.registrationId}`}>This platform&apos;s token</TextLink>
        }
      />
      <CardBody className="space-y-4">
        <CaseScale present={run.token.case} />
        <p className="text-sm text-muted">
          {run.token.case
            ? TOKEN_CASE_WORDS[run.token.case].long
            : "This run has not used a token yet."}
        </p>
        <dl className="grid grid-cols-2 gap-3">
          {figures.map(({ label, icon: Icon, count }) => (
            <div key={label} className="rounded-md border px-3 py-2">
              <dt className="flex items-center gap-1.5 text-xs text-muted">
                <Icon aria-hidden className="size-3.5" /> {label}
              </dt>
              <dd className="text-lg font-semibold tabular-nums">
                {isKnown ? formatCount(count) : UNKNOWN}
              </dd>
            </div>
          ))}
        </dl>
        <TokenTimeline events={run.events} />
      </CardBody>
    </Card>
  );
}

function CaseScale({ present }: { present: TokenCase | null }) {
  return (
    <ul aria-label="Which of the four cases this is" className="grid grid-cols-2 gap-1.5 text-xs">
      {CASES.map(([name, words]) => (
        <li
          key={name}
          aria-current={name === present || undefined}
          className={cn(
            "rounded-md border px-2 py-1.5 text-center",
            name === present
              ? "border-accent bg-accent-soft font-semibold text-accent"
              : "text-muted",
          )}
        >
          {words.short}
        </li>
      ))}
    </ul>
  );
}

function TokenTimeline({ events }: { events: RunEventView[] }) {
  const about = events.filter(({ kind }) => kind.startsWith("token."));
  if (about.length === 0) return null;
  return (
    <ol aria-label="What happened to the token" className="space-y-2 border-s ps-3 text-sm">
      {about.slice(-8).map((event) => (
        <li key={event.id} className="relative">
          <span
            aria-hidden
            className={cn(
              "absolute start-[-1.0625rem] top-1.5 size-2 rounded-full",
              event.level === "info" ? "bg-accent" : "bg-warn-fill",
            )}
          />
          <span className="pe-2 text-xs text-muted">
            <ClockTime at={event.at} />
          </span>
          <p className="first-letter:uppercase">
            <EventMessage text={event.message} />
          </p>
        </li>
      ))}
    </ol>
  );
}
