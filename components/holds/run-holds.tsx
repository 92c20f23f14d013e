"use client";

import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Banner } from "#components/ui/banner.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { HoldView } from "#lib/operations/holds/schema.ts";
import { HOLDS_SHOWN } from "./holds-shown.ts";
import { removalWords, RULE_WORDS } from "./hold-words.ts";

/** The removals of this run that wait for a person. */
export function RunHolds({ runId }: { runId: string }) {
  const { data } = useLiveResource<Page<HoldView>>("/api/v1/holds", { runId, limit: HOLDS_SHOWN });
  if (!data || data.total === 0) return null;
  const rest = data.total - data.items.length;
  return (
    <Banner
      tone="warn"
      title={`${plural(data.total, "course waits", "courses wait")} for a decision on removals`}
    >
      <ul className="space-y-1">
        {data.items.map((hold) => (
          <li key={hold.id}>
            <TextLink href={`/holds/${hold.id}`}>{hold.courseTitle}</TextLink>: {removalWords(hold)}
            . {RULE_WORDS[hold.rule]}.
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p>
          <TextLink href="/holds">{formatCount(rest)} more in Holds</TextLink>
        </p>
      )}
    </Banner>
  );
}
