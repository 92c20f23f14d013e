import { CircleAlert, CircleCheck, Hourglass } from "lucide-react";
import { adviceFor } from "#lib/advice/index.ts";
import { RelativeTime } from "#components/live/time.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { plural } from "#lib/format.ts";
import type { Attention, Overview } from "#lib/operations/system/overview-schema.ts";

/** What keeps courses from being well: one entry for one cause, with who acts and how. */
export function AttentionList({ overview }: { overview: Overview }) {
  const { attention } = overview;
  return (
    <Card aria-labelledby="attention">
      <CardHeader id="attention" title="Needs attention" />
      {attention.length === 0 ? (
        <AllWell lastSuccessAt={overview.lastSuccessAt} />
      ) : (
        <ul className="divide-y">
          {attention.map((cause) => (
            <Cause key={`${cause.registrationId}:${cause.code}`} cause={cause} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const ABOUT_TOKENS = new Set([
  "lti.token_refused",
  "lti.token_reply_malformed",
  "lti.scope_mismatch",
  "lti.insufficient_scope",
  "lti.access_token_rejected",
]);

function Cause({ cause }: { cause: Attention }) {
  const { owner, fix } = adviceFor(cause.code);
  const Icon = owner === "nobody" ? Hourglass : CircleAlert;
  return (
    <li className="flex gap-3 px-4 py-3 text-sm">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${owner === "nobody" ? "text-warn" : "text-bad"}`}
      />
      <div className="min-w-0 flex-1 space-y-0.5">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span>
            <span className="font-semibold">{cause.title}</span>
            <span className="text-muted">
              {" "}
              in {plural(cause.courses, "course")} of{" "}
              <TextLink href={`/registrations/${cause.registrationId}`}>
                {cause.registrationName}
              </TextLink>
            </span>
          </span>
          <span className="text-xs text-muted">
            since <RelativeTime at={cause.since} />
          </span>
        </p>
        {cause.message && <p className="text-muted first-letter:uppercase">{cause.message}.</p>}
        <p>
          <span className="font-medium">{cause.owner}.</span> {fix}{" "}
          {cause.courseId ? (
            <TextLink href={`/courses/${cause.courseId}/grades?state=conflict`}>Decide</TextLink>
          ) : (
            <TextLink href={`/runs/${cause.runId}`}>Open the run</TextLink>
          )}
          {ABOUT_TOKENS.has(cause.code) && (
            <>
              {" "}
              or <TextLink href={`/tokens#${cause.registrationId}`}>its token</TextLink>
            </>
          )}
        </p>
      </div>
    </li>
  );
}

function AllWell({ lastSuccessAt }: { lastSuccessAt: string | null }) {
  return (
    <div className="flex items-center gap-3 px-4 py-6 text-sm">
      <CircleCheck aria-hidden className="size-5 shrink-0 text-ok" />
      <p>
        <span className="font-semibold">Nothing needs you.</span>{" "}
        {lastSuccessAt !== null && (
          <span className="text-muted">
            Last good sync <RelativeTime at={lastSuccessAt} />.
          </span>
        )}
      </p>
    </div>
  );
}
