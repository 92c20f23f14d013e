import Link from "next/link";
import { ActOnMany } from "#components/forms/acts/confirm-act.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Needs } from "#components/access/rights.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import type { Attention } from "#lib/operations/overview/overview-schema.ts";

export type InboxActs = {
  retryRun: FormAction;
  keepEverybody: FormAction;
  syncRosters: FormAction;
  syncRoster: FormAction;
  approveDeployment: FormAction;
  approveOrigin: FormAction;
};

const ABOUT_TOKENS = new Set([
  "lti.token_refused",
  "lti.token_reply_malformed",
  "lti.scope_mismatch",
  "lti.insufficient_scope",
  "lti.access_token_rejected",
]);

/** Entries about a run that failed, with its error. */
export const FAILED = new Set<Attention["kind"]>(["failure", "unverified"]);

/** What can be done about an entry without leaving the page, and where it is looked into. */
export function InboxVerbs({ entry, acts }: { entry: Attention; acts: InboxActs }) {
  return (
    <div className="flex shrink-0 flex-wrap items-start gap-1.5 ps-7 sm:ps-0">
      <Act entry={entry} acts={acts} />
      {FAILED.has(entry.kind) && ABOUT_TOKENS.has(entry.code) && entry.registrationId && (
        <Open path={`/tokens/${entry.registrationId}`} word="Token" about={entry} />
      )}
      <Open path={entry.path} word={OPENING[entry.kind]} about={entry} />
    </div>
  );
}

const OPENING: Record<Attention["kind"], string> = {
  hold: "Review",
  pending_registration: "Review",
  pending_deployment: "Open",
  pending_origin: "Open",
  conflict: "Decide",
  difference: "Decide",
  rejected: "Show",
  failure: "Open run",
  unverified: "Open run",
  stale: "Show",
  key: "Open",
};

function Act({ entry, acts }: { entry: Attention; acts: InboxActs }) {
  const { kind, runId, holdId, registrationId, courseId, deploymentId, originId } = entry;
  if (kind === "hold" && holdId)
    return verb("Keep everybody", acts.keepEverybody, { holdId }, entry);
  if (kind === "rejected" && runId)
    return <Again word="Resend" retry={acts.retryRun} runId={runId} entry={entry} />;
  if (FAILED.has(kind) && runId)
    return <Again word="Retry" retry={acts.retryRun} runId={runId} entry={entry} />;
  if (kind === "stale" && courseId) return verb("Sync", acts.syncRoster, { courseId }, entry);
  if (kind === "stale" && registrationId)
    return verb("Sync all", acts.syncRosters, { registrationId }, entry);
  if (kind === "pending_deployment" && registrationId && deploymentId)
    return verb("Approve", acts.approveDeployment, { registrationId, deploymentId }, entry);
  if (kind === "pending_origin" && registrationId && originId)
    return (
      <Needs right="admin">
        {verb("Approve", acts.approveOrigin, { registrationId, originId }, entry)}
      </Needs>
    );
  return null;
}

function Again(props: { word: string; retry: FormAction; runId: string; entry: Attention }) {
  const { word, entry } = props;
  return (
    <ActOnMany
      action={props.retry}
      values={{ runId: props.runId }}
      count={entry.count}
      tone="go"
      size="sm"
      word={word}
      label={labelOf(word, entry)}
      title={`${entry.title}: ${word.toLowerCase()}?`}
      act={word}
    >
      <p>
        A new run does again what failed in the latest of{" "}
        {entry.registrationName ?? "these registrations"}; what succeeded is left as it is.
      </p>
    </ActOnMany>
  );
}

function verb(word: string, action: FormAction, values: Record<string, string>, entry: Attention) {
  return (
    <ActionButton action={action} values={values} size="sm" label={labelOf(word, entry)}>
      {word}
    </ActionButton>
  );
}

function Open({ path, word, about }: { path: string; word: string; about: Attention }) {
  return (
    <Button asChild size="sm" look="quiet">
      <Link href={path} aria-label={labelOf(word, about)}>
        {word}
      </Link>
    </Button>
  );
}

/** Tells buttons of one word apart for who hears them one by one. */
function labelOf(word: string, { title, courseTitle, registrationName }: Attention): string {
  const where = courseTitle ?? registrationName;
  return where ? `${word}: ${title}, ${where}` : `${word}: ${title}`;
}
