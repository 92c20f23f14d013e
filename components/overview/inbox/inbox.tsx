import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  Hourglass,
  KeyRound,
  ScanSearch,
  ShieldQuestion,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { Advised } from "#components/errors/advised.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { Attention, Overview } from "#lib/operations/overview/overview-schema.ts";
import { FAILED, InboxVerbs, type InboxActs } from "./inbox-verbs.tsx";

/** All that waits for a person, each with who acts and what can be done at once. */
export function Inbox({ overview, acts }: { overview: Overview; acts: InboxActs }) {
  const { attention } = overview;
  return (
    <Card aria-labelledby="attention">
      <CardHeader
        id="attention"
        title={attention.length > 0 ? `Needs you (${needCount(overview)})` : "Needs you"}
      />
      {attention.length === 0 ? (
        <NothingWaits overview={overview} />
      ) : (
        <>
          <ul className="divide-y">
            {attention.map((entry) => (
              <Entry key={keyOf(entry)} entry={entry} acts={acts} />
            ))}
          </ul>
          {overview.needMore && (
            <p className="border-t px-4 py-2.5 text-sm text-muted">
              There are more than are shown; the rest appear as these are dealt with.
            </p>
          )}
        </>
      )}
    </Card>
  );
}

function keyOf({ kind, code, registrationId, deploymentId, originId }: Attention): string {
  return [kind, code, registrationId, deploymentId, originId].join(":");
}

const ICONS: Record<Attention["kind"], { icon: LucideIcon; tone: string }> = {
  hold: { icon: CirclePause, tone: "text-warn" },
  pending_registration: { icon: ShieldQuestion, tone: "text-accent" },
  pending_deployment: { icon: ShieldQuestion, tone: "text-accent" },
  pending_origin: { icon: ShieldQuestion, tone: "text-warn" },
  conflict: { icon: CircleAlert, tone: "text-warn" },
  difference: { icon: ScanSearch, tone: "text-warn" },
  rejected: { icon: CircleAlert, tone: "text-bad" },
  failure: { icon: CircleAlert, tone: "text-bad" },
  unverified: { icon: ScanSearch, tone: "text-bad" },
  stale: { icon: Hourglass, tone: "text-warn" },
  key: { icon: KeyRound, tone: "text-accent" },
};

function Entry({ entry, acts }: { entry: Attention; acts: InboxActs }) {
  const { icon: Icon, tone } = ICONS[entry.kind];
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-2.5 text-sm sm:flex-nowrap">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-56 flex-1 sm:min-w-0">
        <p>
          <TextLink href={entry.path} className="font-semibold">
            {entry.title}
          </TextLink>{" "}
          <Where entry={entry} />
        </p>
        <p className="text-muted">
          {entry.message && (
            <span className="inline-block first-letter:uppercase">{entry.message}.</span>
          )}{" "}
          {FAILED.has(entry.kind) && <Advised code={entry.code}>{({ fix }) => fix}</Advised>}
        </p>
        <p className="text-xs text-muted">
          <span className="font-medium">{entry.owner}</span> · began{" "}
          <RelativeTime at={entry.since} />
        </p>
      </div>
      <InboxVerbs entry={entry} acts={acts} />
    </li>
  );
}

function Where({ entry }: { entry: Attention }) {
  const { registrationId, registrationName, courses, courseId, courseTitle } = entry;
  if (registrationId === null) return null;
  return (
    <span className="text-muted">
      {courses > 0 && (
        <>
          in{" "}
          {courseId && courseTitle ? (
            <TextLink href={`/courses/${courseId}`}>{courseTitle}</TextLink>
          ) : (
            plural(courses, "course")
          )}{" "}
        </>
      )}
      of <TextLink href={`/registrations/${registrationId}`}>{registrationName}</TextLink>
    </span>
  );
}

/** How many entries wait, with a plus where there are more. */
export function needCount({ attention, needMore }: Overview): string {
  return `${formatCount(attention.length)}${needMore ? "+" : ""}`;
}

function NothingWaits({ overview }: { overview: Overview }) {
  const { lastSuccessAt, isLimited, engine } = overview;
  if (!engine.alive) return <NobodyWorks />;
  return (
    <div className="flex items-center gap-3 px-4 py-6 text-sm">
      <CircleCheck aria-hidden className="size-5 shrink-0 text-ok" />
      <p>
        <span className="font-semibold">
          {isLimited ? "Nothing needs you in your registrations." : "Nothing needs you."}
        </span>{" "}
        {lastSuccessAt !== null && (
          <span className="text-muted">
            Last good sync <RelativeTime at={lastSuccessAt} />.
          </span>
        )}
      </p>
    </div>
  );
}

/** What is above on the page as well: without a worker nothing waits because nothing is done. */
function NobodyWorks() {
  return (
    <p className="flex items-center gap-3 px-4 py-6 text-sm">
      <CircleAlert aria-hidden className="size-5 shrink-0 text-bad" />
      <span>
        <span className="font-semibold">No worker is running.</span>{" "}
        <span className="text-muted">
          Nothing waits for a decision, but no sync is performed until one is started.
        </span>
      </span>
    </p>
  );
}
