"use client";

import { PersonLink } from "#components/courses/people/person-link.tsx";
import { PlatformWords } from "#components/errors/platform-words.tsx";
import { firstRejectedOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCountUpTo, plural } from "#lib/format.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { RunDetail, ScoreOutcomeView } from "#lib/operations/runs/schema.ts";
import { isActive } from "#components/states/is-active.ts";

/** The first rejected scores with the platform's words, and the way to all of them. */
export function RejectedScores({ run }: { run: RunDetail }) {
  const { data } = useRead(firstRejectedOf(run.id), isActive(run));
  if (!data || data.items.length === 0) return null;
  return (
    <Card aria-labelledby="rejected" className="border-bad-line">
      <CardHeader
        id="rejected"
        title={rejectedWords(data)}
        actions={
          data.total > data.items.length && (
            <TextLink href={`/runs/${run.id}?kind=rejected#parts`} className="text-sm">
              Show all {formatCountUpTo(data.total, data.totalIsCapped)}
            </TextLink>
          )
        }
      />
      <ul className="divide-y">
        {data.items.map((outcome) => (
          <li
            key={outcome.id}
            className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(10rem,14rem)_minmax(0,1fr)]"
          >
            <div className="text-sm">
              <PersonLink courseId={run.courseId} userId={outcome.userId} name={outcome.name} />
              <span className="block text-xs text-muted">{outcome.lineItemLabel}</span>
            </div>
            {outcome.problem && (
              <PlatformWords
                problem={outcome.problem}
                httpStatus={outcome.httpStatus}
                platform={run.platform}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function rejectedWords({ total, totalIsCapped }: Page<ScoreOutcomeView>): string {
  return totalIsCapped
    ? `More than ${plural(total, "score")} rejected`
    : `${plural(total, "score")} rejected`;
}
