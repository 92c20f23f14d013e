import { Diff } from "lucide-react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { CutWords } from "#components/lists/cut-words.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";
import { plural } from "#lib/format.ts";
import type { ScoreView } from "#lib/operations/scores/schema.ts";

export type Decide = { courseId: string; resolve: FormAction };
type Props = Decide & { scores: ScoreView[] };

/** Both values of scores that differ, and the two ways out. */
export function ConflictDecision({ courseId, scores, resolve }: Props) {
  const [only] = scores.length === 1 ? scores : [];
  const who = only ? ` for ${only.name ?? only.userId}` : "";
  const many = plural(scores.length, "score");
  const values = { courseId, scoreIds: scores.map(({ id }) => id).join(",") };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ConfirmAct
        action={resolve}
        values={{ ...values, resolution: "keep" }}
        size="sm"
        word="Keep"
        label={`Keep the platform's value${who}`}
        title={`Keep the platform's value of ${many}?`}
        act={`Keep ${many}`}
      >
        <ScoreNames scores={scores} />
        <p>Ours is not sent any more. What the platform holds stays as it is.</p>
      </ConfirmAct>
      <ConfirmAct
        action={resolve}
        values={{ ...values, resolution: "overwrite" }}
        size="sm"
        word="Overwrite"
        label={`Overwrite the platform's value${who}`}
        title={`Overwrite the platform's value of ${many}?`}
        act={`Overwrite ${many}`}
      >
        <ScoreNames scores={scores} />
        <p>
          What somebody set on the platform is lost: it keeps no value before. Ours is sent at once;
          every other score stays.
        </p>
      </ConfirmAct>
      {only?.problem && (
        <CutWords label={`How the two values differ${who}`} words={only.problem.message}>
          <p className="first-letter:uppercase">{only.problem.message}.</p>
        </CutWords>
      )}
    </div>
  );
}

/** Whose scores they are. */
function ScoreNames({ scores }: { scores: ScoreView[] }) {
  const names = scores.map(({ name, userId }) => name ?? userId);
  return <p className="text-ink">{namesAndMore(names)}</p>;
}

/** One decision for all that differ among the scores shown. */
export function ConflictsCard({ scores, ...decide }: Props) {
  const differing = scores.filter(({ state }) => state === "conflict");
  if (differing.length < 2) return null;
  return (
    <Banner
      tone="warn"
      title={
        <span className="inline-flex items-center gap-1.5">
          <Diff aria-hidden className="size-4" /> {plural(differing.length, "score")} shown here
          differ on the platform
        </span>
      }
    >
      <p>Somebody set other values there. Keep those, or overwrite them with ours, all at once.</p>
      <ConflictDecision {...decide} scores={differing} />
    </Banner>
  );
}
