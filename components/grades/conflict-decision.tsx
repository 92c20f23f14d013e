import { Diff } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Banner } from "#components/ui/banner.tsx";
import { plural } from "#lib/format.ts";
import type { ScoreView } from "#lib/operations/scores/schema.ts";

export type Decide = { courseId: string; resolve: FormAction };
type Props = Decide & { scores: ScoreView[] };

/** Both values of scores that differ, and the two ways out. */
export function ConflictDecision({ courseId, scores, resolve }: Props) {
  const [only] = scores.length === 1 ? scores : [];
  const who = only ? ` for ${only.name ?? only.userId}` : "";
  const values = { courseId, scoreIds: scores.map(({ id }) => id).join(",") };
  return (
    <div className="space-y-1.5">
      {only && <p className="text-sm first-letter:uppercase">{only.problem?.message}.</p>}
      <div className="flex flex-wrap gap-1.5">
        <ActionButton
          action={resolve}
          values={{ ...values, resolution: "keep" }}
          size="sm"
          label={`Keep the platform's value${who}`}
        >
          Keep
        </ActionButton>
        <ActionButton
          action={resolve}
          values={{ ...values, resolution: "overwrite" }}
          size="sm"
          label={`Overwrite the platform's value${who}`}
        >
          Overwrite
        </ActionButton>
      </div>
    </div>
  );
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
