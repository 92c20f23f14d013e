import { Badge } from "#components/ui/text/badge.tsx";
import { CopyButton } from "#components/ui/buttons/copy-button.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, formatNumber, UNKNOWN } from "#lib/format.ts";
import type { LineItemView } from "#lib/operations/line-items/schema.ts";
import type { ScoreState } from "#lib/operations/scores/schema.ts";

export function lineItemColumns(courseId: string): Column<LineItemView>[] {
  return [
    {
      key: "label",
      header: "Line item",
      isLead: true,
      cell: ({ id, label, url, goneAt, deletedBy }) => (
        <>
          <TextLink href={`/courses/${courseId}/grades/line-items/${id}`}>{label || url}</TextLink>
          {deletedBy !== null && <Badge className="ms-2">deleted by {deletedBy}</Badge>}
          {goneAt !== null && deletedBy === null && (
            <Badge className="ms-2 text-bad">deleted on the platform</Badge>
          )}
        </>
      ),
    },
    {
      key: "maximum",
      header: "Maximum",
      align: "end",
      cell: ({ scoreMaximum }) => formatNumber(scoreMaximum),
    },
    {
      key: "url",
      header: "URL",
      cell: ({ url, label }) => (
        <span className="inline-flex max-w-full items-center gap-1 text-muted">
          <code className="truncate font-mono text-xs" title={url}>
            {url.replace(/^https?:\/\/[^/]+/, "")}
          </code>
          <CopyButton text={url} label={`Copy the URL of ${label}`} />
        </span>
      ),
    },
    {
      key: "identity",
      header: "Resource ID, tag",
      cell: ({ resourceId, tag }) => (
        <span className="font-mono text-xs">
          {[resourceId, tag].filter(Boolean).join(", ") || UNKNOWN}
        </span>
      ),
    },
    countColumn("pending", "Waiting", courseId),
    countColumn("sent", "Sent", courseId),
    countColumn("rejected", "Rejected", courseId),
    {
      key: "upload",
      phone: "state",
      header: "Upload",
      isHeaderHidden: true,
      align: "end",
      cell: ({ id, label, deletedBy }) =>
        deletedBy === null && (
          <TextLink
            href={`/courses/${courseId}/grades/upload?lineItemId=${id}`}
            aria-label={`Upload scores for ${label}`}
          >
            Upload
          </TextLink>
        ),
    },
  ];
}

function countColumn(
  state: Exclude<ScoreState, "sending">,
  header: string,
  courseId: string,
): Column<LineItemView> {
  return {
    key: state,
    header,
    align: "end",
    phone: "figure",
    cell: ({ id, label, scores }) => {
      const count = state === "pending" ? scores.pending + scores.sending : scores[state];
      if (count === 0) return formatCount(0);
      return (
        <TextLink
          href={`/courses/${courseId}/grades?lineItemId=${id}&state=${state}#scores`}
          aria-label={`${formatCount(count)}, ${header.toLowerCase()} in ${label}`}
          className={state === "rejected" ? "text-bad decoration-bad-line" : undefined}
        >
          {formatCount(count)}
        </TextLink>
      );
    },
  };
}
