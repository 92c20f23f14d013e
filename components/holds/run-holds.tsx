"use client";

import { holdsOfRun } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, plural } from "#lib/format.ts";
import { removalWords, RULE_WORDS } from "./hold-words.ts";

/** The removals of this run that wait for a person. */
export function RunHolds({ runId }: { runId: string }) {
  const { data } = useRead(holdsOfRun(runId));
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
