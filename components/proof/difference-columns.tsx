import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/data-table.tsx";
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
      className: "min-w-40",
      cell: ({ name, userId }) => (
        <>
          <span className="font-medium">{name ?? <code className="font-mono">{userId}</code>}</span>
          {name && <code className="block font-mono text-xs text-muted">{userId}</code>}
        </>
      ),
    },
    { key: "line-item", header: "Line item", cell: ({ lineItemLabel }) => lineItemLabel },
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
      wraps: true,
      className: "min-w-64",
      cell: ({ title, explanation, fix, leftBy }) => (
        <>
          <span className="font-medium">{title}</span>
          <span className="block text-xs text-muted">
            {explanation} {fix}
          </span>
          {leftBy && <span className="block text-xs">Left as it is by {leftBy}.</span>}
        </>
      ),
    },
    {
      key: "seen",
      header: "Seen",
      align: "end",
      cell: ({ seenAt }) => <RelativeTime at={seenAt} />,
    },
    {
      key: "decision",
      header: "Decision",
      phone: "figure",
      wraps: true,
      className: "min-w-52",
      cell: (difference) => <Decision {...decide} difference={difference} />,
    },
  ];
}

function Decision({ courseId, decide, difference }: Decide & { difference: DifferenceView }) {
  const { scoreId, finding, name, userId } = difference;
  if (!scoreId || (finding !== "differs" && finding !== "missing")) return null;
  const who = name ?? userId;
  const button = (act: string, words: string, label: string) => (
    <ActionButton
      action={decide}
      values={{ courseId, act, scoreId }}
      size="sm"
      label={`${label} for ${who}`}
    >
      {words}
    </ActionButton>
  );
  return (
    <div className="flex flex-wrap gap-1.5">
      {button("send", "Send", "Send our value again")}
      {button("take", "Take", "Take the platform's value")}
      {!difference.leftBy && button("leave", "Leave", "Leave the difference")}
    </div>
  );
}

function valueWords({ score, maximum }: DifferenceView["ours"]): string {
  return score === null ? "none" : formatScore(score, maximum);
}
