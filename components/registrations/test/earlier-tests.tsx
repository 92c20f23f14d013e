"use client";

import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, TriangleAlert } from "lucide-react";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { Status, type Tone } from "#components/ui/text/status.tsx";
import { testOutcome } from "./test-words.ts";

const ICONS: Record<Tone, typeof CircleCheck> = {
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: CircleAlert,
  active: LoaderCircle,
  idle: CircleDashed,
};

/** How the tests before the latest one ended: whether it ever worked, and until when. */
export function EarlierTests({ registrationId }: { registrationId: string }) {
  const { data } = useRead(reads.connectionTests({ registrationId }));
  const earlier = data?.items.slice(1) ?? [];
  if (earlier.length === 0) return null;
  return (
    <Card aria-labelledby="earlier-tests">
      <CardHeader id="earlier-tests" title="Earlier tests" />
      <ul className="divide-y">
        {earlier.map((test) => {
          const { tone, word } = testOutcome(test);
          return (
            <li
              key={test.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm"
            >
              <span className="w-28">
                <Status tone={tone} icon={ICONS[tone]}>
                  {word}
                </Status>
              </span>
              <RelativeTime at={test.startedAt} />
              <span className="min-w-0 break-words text-muted">started by {test.startedBy}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
