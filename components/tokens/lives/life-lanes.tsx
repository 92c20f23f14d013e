"use client";

import { useZone } from "#components/live/time/time.tsx";
import { cn } from "#components/ui/cn.ts";
import { Lanes } from "#components/ui/drawings/lanes.tsx";
import { positionWithin, type Span } from "#components/ui/drawings/spans.ts";
import { formatClock, formatDateTime, formatDuration } from "#lib/format.ts";
import type { Picture } from "./lives-model.ts";

/** Tokens above the runs that drew on them, with each request as a mark and a line for now. */
export function LifeLanes({ picture }: { picture: Picture }) {
  const position = positionWithin(picture);
  const zone = useZone();
  return (
    <div className="px-4 pt-3 pb-4">
      <Lanes
        label="Tokens and the runs that drew on them"
        lanes={picture.lanes}
        position={position}
        whenWords={(span) => timesOf(span, zone)}
        over={({ marks }) => (
          <>
            {marks.map((mark, index) => (
              <span
                key={index}
                aria-hidden
                title={mark.words}
                style={{ left: `${position(mark.at)}%` }}
                className={cn(
                  "absolute -inset-y-0.5 w-0.5 -translate-x-px",
                  mark.tone === "bad" ? "bg-bad-fill" : "bg-ink",
                )}
              />
            ))}
            <span
              aria-hidden
              style={{ left: `${position(picture.now)}%` }}
              className="absolute -inset-y-0.5 border-s border-dashed border-accent"
            />
          </>
        )}
      >
        <Axis picture={picture} zone={zone} />
      </Lanes>
    </div>
  );
}

const DAY_MS = 86_400_000;

function Axis(props: { picture: Picture; zone: string | undefined }) {
  const { from, to, now } = props.picture;
  const isLong = to - from > DAY_MS;
  const wordsOf = (at: number) => {
    const iso = new Date(at).toISOString();
    return isLong ? formatDateTime(iso, props.zone) : formatClock(iso, props.zone);
  };
  // Words at the ends and one in the middle never run into each other, also on a phone.
  return (
    <div aria-hidden className="ms-18 mt-1 text-2xs text-muted tabular-nums">
      <p className="flex justify-between">
        <span>{wordsOf(from)}</span>
        <span className="max-sm:hidden">{wordsOf((from + to) / 2)}</span>
        <span>{to > now ? `expires ${wordsOf(to)}` : "now"}</span>
      </p>
    </div>
  );
}

function timesOf({ from, to, isUnderWay }: Span, zone: string | undefined): string {
  const at = formatDateTime(new Date(from).toISOString(), zone);
  const lasted = formatDuration(Math.max(0, to - from));
  return isUnderWay ? `from ${at}` : `from ${at}, for ${lasted}`;
}
