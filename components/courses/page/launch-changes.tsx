"use client";

import { RelativeTime } from "#components/live/time/time.tsx";
import { latestChangesOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import type { CourseChangeView } from "#lib/operations/launches/schema.ts";
import { ADDRESS_LABELS } from "../address-words.ts";

const SOURCES: Record<CourseChangeView["source"], string> = {
  launch: "A launch",
  notice: "A notice",
  operator: "An operator",
  api: "The API",
};

const FIELDS: Record<string, string> = {
  title: "Title",
  label: "Label",
  ...ADDRESS_LABELS,
  scopes: "Announced scopes",
  lineItem: "Line item",
  noticeServiceUrl: "Notifications",
  copiedFrom: "Copied from",
  copiedTo: "Copied to",
  columnsAdopted: "Own columns found",
};

/** What the platform said of the course, and when that changed. */
export function LaunchChanges({ courseId }: { courseId: string }) {
  const { data } = useRead(latestChangesOf(courseId));
  return (
    <Card aria-labelledby="launch-changes">
      <CardHeader id="launch-changes" title="What changed at launches" />
      {data?.items.length === 0 && (
        <p className="px-4 py-3 text-sm text-muted">
          Nothing yet. The course was entered by hand, or has not been launched since.
        </p>
      )}
      <ol className="divide-y">
        {data?.items.map((change) => (
          <li key={change.id} className="px-4 py-2.5 text-sm">
            <p className="text-muted">
              {SOURCES[change.source]}, <RelativeTime at={change.at} />
            </p>
            <dl className="mt-1 space-y-1">
              {Object.entries(change.changes).map(([field, { from, to }]) => (
                <div key={field}>
                  <dt className="inline font-medium">{FIELDS[field] ?? field}: </dt>
                  <dd className="inline break-all">
                    {from !== null && <del className="text-muted">{textOf(from)}</del>}{" "}
                    <ins className="no-underline">{textOf(to)}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value))
    return value.map((each) => shortened(String(each))).join(", ") || "none";
  return value === null || value === "" ? "none" : String(value);
}

/** A scope is shown by its last part. */
function shortened(text: string): string {
  return text.startsWith("https://purl.imsglobal.org/")
    ? text.slice(text.lastIndexOf("/") + 1)
    : text;
}
