import type { Position } from "#components/ui/drawings/spans.ts";
import { formatRate } from "#lib/format.ts";
import type { RatePoint } from "./rate.ts";
import type { Timeline } from "./timeline-model.ts";

const HEIGHT = 28;

/** Units per second over the time of the run; a standstill is the line at the bottom. */
export function RateLine({ timeline, position }: { timeline: Timeline; position: Position }) {
  const { rate, unit } = timeline;
  const fastest = Math.max(0, ...rate.map(({ perSecond }) => perSecond));
  if (fastest === 0) return null;
  return (
    <figure className="mt-1 flex items-end gap-2" aria-label={rateWords(rate, unit)} role="img">
      <span aria-hidden className="w-16 shrink-0 text-xs text-muted">
        Rate
      </span>
      <div className="relative min-w-0 flex-1 border-b pt-4">
        <span aria-hidden className="absolute start-0 top-0 text-2xs text-muted tabular-nums">
          up to {formatRate(fastest, unit)}
        </span>
        <svg
          aria-hidden
          viewBox={`0 -1 100 ${HEIGHT + 2}`}
          preserveAspectRatio="none"
          className="block h-9 w-full"
        >
          <polyline
            points={pointsOf(rate, position, fastest).join(" ")}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
    </figure>
  );
}

/** A line of steps: within a slice nothing finer is known. */
function pointsOf(rate: readonly RatePoint[], position: Position, fastest: number): string[] {
  return rate.flatMap(({ from, to, perSecond }) => {
    const height = HEIGHT - (HEIGHT * perSecond) / fastest;
    return [`${position(from)},${height}`, `${position(to)},${height}`];
  });
}

/** The line in words. */
function rateWords(rate: readonly RatePoint[], unit: string): string {
  const moving = rate.filter(({ perSecond }) => perSecond > 0);
  const fastest = Math.max(...moving.map(({ perSecond }) => perSecond));
  const latest = rate.at(-1)?.perSecond ?? 0;
  const still = rate.length - moving.length;
  const words = [
    `Rate: up to ${formatRate(fastest, unit)}`,
    `at last ${formatRate(latest, unit) ?? `no ${unit}`}`,
    still > 0 && `at a standstill for ${Math.round((100 * still) / rate.length)}% of the time`,
  ];
  return words.filter(Boolean).join(", ");
}
