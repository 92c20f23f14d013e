import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { PersonLink } from "#components/courses/people/person-link.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { CutWords } from "#components/lists/cut-words.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { formatScore } from "#lib/format.ts";
import type { DifferenceView, Finding } from "#lib/operations/proof/schema.ts";

export const FINDINGS: Record<Finding, string> = {
  differs: "Differs",
  missing: "Missing",
  unreadable: "Unreadable",
  not_ours: "Not ours",
};

type Decide = { courseId: string; decide: FormAction };

export function differenceColumns(decide: Decide): Column<DifferenceView>[] {
  return [
    {
      key: "person",
      header: "Person",
      isLead: true,
      cell: ({ name, userId }) => (
        <PersonLink courseId={decide.courseId} userId={userId} name={name} />
      ),
    },
    {
      key: "line-item",
      header: "Line item",
      className: "[--cut:9rem]",
      cell: ({ lineItemLabel }) => lineItemLabel,
    },
    {
      key: "ours",
      header: "Ours",
      phone: "figure",
      align: "end",
      cell: ({ ours }) => valueWords(ours),
    },
    {
      key: "platforms",
      header: "Platform's",
      phone: "figure",
      align: "end",
      cell: ({ platforms, finding }) =>
        finding === "unreadable" ? "not read" : valueWords(platforms),
    },
    {
      key: "cause",
      header: "Why",
      phone: "figure",
      className: "[--cut:12rem] [--phone-cut:8rem]",
      cell: (difference) => <Why difference={difference} />,
    },
    {
      key: "seen",
      header: "Seen",
      isOptional: true,
      align: "end",
      cell: ({ seenAt }) => <RelativeTime at={seenAt} />,
    },
    {
      key: "decision",
      header: "Decision",
      phone: "state",
      className: "[--cut:none]",
      cell: (difference) => <Decision {...decide} difference={difference} />,
    },
  ];
}

function Why({ difference }: { difference: DifferenceView }) {
  const { title, explanation, fix, leftBy, seenAt, name, userId } = difference;
  return (
    <CutWords label={`Why it differs for ${name ?? userId}`} words={title}>
      <p className="font-medium">{title}</p>
      <p className="mt-1 text-muted">
        {explanation} {fix}
      </p>
      <p className="mt-1 text-xs text-muted">
        {leftBy && `Left as it is by ${leftBy}. `}Seen <RelativeTime at={seenAt} />.
      </p>
    </CutWords>
  );
}

function Decision({ courseId, decide, difference }: Decide & { difference: DifferenceView }) {
  const { scoreId, finding, name, userId } = difference;
  if (!scoreId || (finding !== "differs" && finding !== "missing")) return null;
  const who = name ?? userId;
  const values = { courseId, scoreId };
  const both = (
    <p>
      {who}: ours {valueWords(difference.ours)}, the platform’s {valueWords(difference.platforms)}.
    </p>
  );
  return (
    <div className="flex flex-wrap gap-1.5 @max-[44rem]:gap-1">
      <ConfirmAct
        action={decide}
        values={{ ...values, act: "send" }}
        size="sm"
        word="Send"
        label={`Send our value again for ${who}`}
        title={`Send our value again for ${who}?`}
        act="Send ours"
      >
        {both}
        <p>The platform’s value is overwritten and kept nowhere. Every other score stays.</p>
      </ConfirmAct>
      <ConfirmAct
        action={decide}
        values={{ ...values, act: "take" }}
        size="sm"
        word="Take"
        label={`Take the platform's value for ${who}`}
        title={`Take the platform's value for ${who}?`}
        act="Take the platform's"
      >
        {both}
        <p>Our value is overwritten and kept nowhere. Nothing is sent.</p>
      </ConfirmAct>
      {!difference.leftBy && (
        <ActionButton
          action={decide}
          values={{ ...values, act: "leave" }}
          size="sm"
          label={`Leave the difference for ${who}`}
        >
          Leave
        </ActionButton>
      )}
    </div>
  );
}

function valueWords({ score, maximum }: DifferenceView["ours"]): string {
  return score === null ? "none" : formatScore(score, maximum);
}
