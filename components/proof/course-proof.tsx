"use client";

import { BadgeCheck, ScanSearch } from "lucide-react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { lineItemsOf, reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { FilterChips } from "#components/ui/tables/filter-chips.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { CourseProof as Proof, Finding } from "#lib/operations/proof/schema.ts";
import { differenceColumns, FINDINGS } from "./difference-columns.tsx";

type Actions = { verify: FormAction; decide: FormAction };

/** What the platform was seen to hold of a course's scores, and every difference with the ways out. */
export function CourseProof({ courseId, verify, decide }: Actions & { courseId: string }) {
  const filters = useUrlFilters(["q", "finding", "lineItemId"]);
  const { values, set } = filters;
  const { data: proof } = useRead(reads.courseProof({ courseId }));
  const lineItems = useRead(lineItemsOf(courseId));
  const source = reads.differences({ courseId, ...filters.query });
  const list = useRead(source);
  const chips = (Object.keys(FINDINGS) as Finding[]).map((finding) => ({
    value: finding,
    label: FINDINGS[finding],
    count: proof ? countOf(proof, finding) : null,
  }));
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {proof && <Summary proof={proof} />}
        {list.data && list.data.total > 1 && (
          <AllMatching
            courseId={courseId}
            decide={decide}
            values={values}
            total={list.data.total}
            names={list.data.items.map(({ name, userId }) => name ?? userId)}
          />
        )}
        <ActionButton action={verify} values={{ courseId }} look="primary">
          <ScanSearch aria-hidden /> Verify now
        </ActionButton>
      </div>
      <LiveList
        caption="Differences"
        list={list}
        source={source}
        filters={filters}
        columns={differenceColumns({ courseId, decide })}
        rowKey={({ id }) => id}
        filterBar={
          <>
            <SearchField
              name="q"
              label="Search differences"
              placeholder="Name or user ID"
              value={values.q}
              onSearch={(text) => set("q", text)}
            />
            <FilterChips
              name="finding"
              isSingle
              label="Finding"
              chips={chips}
              selected={values.finding === "" ? [] : [values.finding]}
              onChange={(findings) => set("finding", findings.at(-1) ?? "")}
            />
            <SelectFilter
              name="lineItemId"
              label="Line item"
              all="All line items"
              options={(lineItems.data?.items ?? []).map(({ id, label }) => ({
                value: id,
                label,
              }))}
              value={values.lineItemId}
              onChange={(lineItemId) => set("lineItemId", lineItemId)}
            />
          </>
        }
        empty={
          <EmptyState icon={BadgeCheck} title="No differences">
            {proof?.provedAt
              ? "The platform holds what was sent, as far as it was read."
              : "Nothing was verified yet."}
          </EmptyState>
        }
      />
    </div>
  );
}

function Summary({ proof }: { proof: Proof }) {
  const { total, proven, unproven, provedAt } = proof;
  return (
    <p className="me-auto text-sm">
      <strong className="text-lg">
        {formatCount(proven)} of {formatCount(total)} proven
      </strong>{" "}
      <RelativeTime at={provedAt} unknown="never verified" />
      {unproven > 0 && (
        <span className="block text-muted">
          {plural(unproven, "score")} sent and not verified since.
        </span>
      )}
    </p>
  );
}

/** One decision for everything open that the filter matches, on every page of it. */
function AllMatching(props: {
  courseId: string;
  decide: FormAction;
  values: { q: string; finding: string; lineItemId: string };
  total: number;
  /** Of those that are shown. */
  names: string[];
}) {
  const { courseId, decide, values } = props;
  if (values.finding === "unreadable" || values.finding === "not_ours") return null;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  const many = plural(props.total, "score");
  const button = (act: string, words: string, title: string, text: string) => (
    <ConfirmAct
      action={decide}
      values={{ courseId, act, ...given }}
      size="sm"
      tone={act === "leave" ? "go" : "danger"}
      word={`${words}…`}
      title={title}
      act={words}
    >
      <p className="text-ink">{namesAndMore(props.names, props.total)}</p>
      <p>{text}</p>
    </ConfirmAct>
  );
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-muted">All that match:</span>
      {button(
        "send",
        "Send ours again",
        `Send our values of ${many} again?`,
        "The platform’s values are overwritten and kept nowhere. Every other score stays.",
      )}
      {button(
        "take",
        "Take the platform's values",
        `Take the platform's values of ${many}?`,
        "Our values are overwritten and kept nowhere. Nothing is sent.",
      )}
      {button(
        "leave",
        "Leave them",
        `Leave ${plural(props.total, "difference")} as they are?`,
        "Both sides keep their value. Each can be decided again as long as it differs.",
      )}
    </div>
  );
}

function countOf(proof: Proof, finding: Finding): number {
  return finding === "not_ours" ? proof.notOurs : proof[finding];
}
