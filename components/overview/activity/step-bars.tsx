import { nice } from "d3-array";
import type { Tone } from "#components/ui/text/status.tsx";
import { formatCount } from "#lib/format.ts";

export type Bar = { at: string; label: string; values: number[] };

const FILL: Record<Tone, string> = {
  ok: "var(--ok-fill)",
  warn: "var(--warn-fill)",
  bad: "var(--bad-fill)",
  active: "var(--accent)",
  idle: "var(--line-strong)",
};

const [WIDTH, HEIGHT, GAP] = [300, 72, 0.15];

/** Bars of equal stretches of time, to a scale of their own that is written at its top. */
export function StepBars({ bars, tones }: { bars: Bar[]; tones: Tone[] }) {
  const sums = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const [, most] = nice(0, Math.max(1, ...sums), 2);
  const heightOf = (value: number) => (value / most) * HEIGHT;
  const step = WIDTH / bars.length;
  return (
    <div aria-hidden>
      <div className="relative">
        <span className="absolute end-0 top-0 bg-surface/80 px-0.5 text-2xs text-muted tabular-nums">
          {formatCount(most)}
        </span>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block h-18 w-full border-y border-t-line"
        >
          {bars.map(({ at, label, values }, index) => (
            <g key={at}>
              <title>{label}</title>
              <rect x={index * step} width={step} height={HEIGHT} fill="transparent" />
              {stacked(values, heightOf).map(({ y, height }, part) => (
                <rect
                  key={tones[part]}
                  x={(index + GAP / 2) * step}
                  width={step * (1 - GAP)}
                  y={y}
                  height={height}
                  fill={FILL[tones[part] ?? "idle"]}
                />
              ))}
            </g>
          ))}
        </svg>
      </div>
    </div>
  );
}

function stacked(values: number[], heightOf: (value: number) => number) {
  let below = 0;
  return values.map((value) => {
    const height = heightOf(value);
    below += height;
    return { y: HEIGHT - below, height };
  });
}
