"use client";

import { GitCompare } from "lucide-react";
import { RefusedByPlatform } from "#components/errors/refused-by-platform.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyButton } from "#components/ui/buttons/copy-button.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { formatDateTime, formatNumber, UNKNOWN } from "#lib/format.ts";
import type { LineItemOnPlatform, LineItemView } from "#lib/operations/line-items/schema.ts";

type Side = Pick<
  LineItemView,
  | "label"
  | "scoreMaximum"
  | "resourceId"
  | "tag"
  | "resourceLinkId"
  | "startAt"
  | "endAt"
  | "gradesReleased"
>;

export const FIELD_WORDS = {
  label: "Label",
  scoreMaximum: "Maximum score",
  resourceId: "Resource ID",
  tag: "Tag",
  startAt: "Start",
  endAt: "End",
  gradesReleased: "Grades released",
} as const;

const ROWS: readonly [keyof Side, string][] = [
  ...(Object.entries(FIELD_WORDS) as [keyof Side, string][]),
  ["resourceLinkId", "Resource link"],
];

/** What is held of a line item, and beside it, once asked for, what the platform has now. */
export function LineItemComparison(props: {
  item: LineItemView;
  compare: FormAction<LineItemOnPlatform>;
}) {
  const { item } = props;
  const [state, submit] = useAct<LineItemOnPlatform>(props.compare);
  const found = state.status === "done" ? state.result : undefined;
  return (
    <Card aria-labelledby="held">
      <CardHeader
        id="held"
        title="As it is held here"
        description={found && comparedWords(found)}
        actions={
          item.deletedBy === null && (
            <form action={submit}>
              <input type="hidden" name="lineItemId" value={item.id} />
              <SubmitButton look="secondary" size="sm">
                <GitCompare aria-hidden /> Ask the platform
              </SubmitButton>
            </form>
          )
        }
      />
      {state.status === "error" && (
        <CardBody className="border-b">
          <RefusedByPlatform state={state} />
        </CardBody>
      )}
      <Table item={item} found={found} />
      <p className="flex items-center gap-1 border-t px-4 py-2 text-xs text-muted">
        <code className="min-w-0 truncate font-mono" title={item.url}>
          {item.url}
        </code>
        <CopyButton text={item.url} label="Copy the URL" />
      </p>
    </Card>
  );
}

function Table({ item, found }: { item: LineItemView; found?: LineItemOnPlatform }) {
  const differs = new Set<string>(found?.differs);
  return (
    <ScrollRegion label="Line item, table">
      <table className="w-full text-start text-sm">
        <caption className="sr-only">Line item</caption>
        {found && (
          <thead>
            <tr className="border-b text-xs text-muted">
              {["Field", "Here", "On the platform"].map((title) => (
                <th key={title} scope="col" className="px-4 py-2 text-start font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody className="divide-y">
          {ROWS.map(([name, word]) => (
            <tr key={name} className={differs.has(name) ? "bg-warn-soft" : undefined}>
              <th scope="row" className="w-40 px-4 py-2 text-start font-normal text-muted">
                {word}
              </th>
              <td className="px-4 py-2 break-words">{valueOf(item, name)}</td>
              {found && (
                <td className="px-4 py-2 break-words">
                  {valueOf(found.platform, name)}
                  {differs.has(name) && (
                    <span className="ms-2 text-xs font-medium text-warn">differs</span>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function comparedWords({ differs, platform }: LineItemOnPlatform): string {
  const others = Object.keys(platform.extensions);
  const same = differs.length === 0 ? "The platform has it the same." : "The platform differs.";
  return others.length === 0 ? same : `${same} It also keeps: ${others.join(", ")}.`;
}

function valueOf(side: Side, name: keyof Side): string {
  const value = side[name];
  if (value === null || value === "") return UNKNOWN;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return formatNumber(value);
  return name === "startAt" || name === "endAt" ? formatDateTime(value, "UTC") : value;
}
