"use client";

import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Tone } from "#components/ui/status.tsx";
import { formatCount, formatHour } from "#lib/format.ts";
import type { Overview } from "#lib/operations/system/overview-schema.ts";

type Hour = Overview["hours"][number];
type HourBar = { name: Exclude<keyof Hour, "hour">; word: string; tone: Tone };

export type HourBarsProps = { hours: Hour[]; bars: HourBar[] };

const FILL: Record<Tone, string> = {
  ok: "var(--ok-fill)",
  warn: "var(--warn-fill)",
  bad: "var(--bad-fill)",
  active: "var(--accent)",
  idle: "var(--line-strong)",
};

/** One bar an hour; where there are several kinds they lie upon each other. */
export function HourBars({ hours, bars }: HourBarsProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={hours} barCategoryGap={1} accessibilityLayer={false} margin={NO_MARGIN}>
        <XAxis dataKey="hour" hide />
        <YAxis hide domain={[0, (largest: number) => Math.max(largest, 1)]} />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const hour = payload?.[0]?.payload as Hour | undefined;
            return active && hour ? <HourNote hour={hour} bars={bars} /> : null;
          }}
        />
        {bars.map(({ name, tone }) => (
          <Bar
            key={name}
            dataKey={name}
            stackId="hour"
            fill={FILL[tone]}
            radius={1}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

const NO_MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };

function HourNote({ hour, bars }: { hour: Hour; bars: HourBar[] }) {
  return (
    <div className="rounded-md border bg-surface px-2.5 py-1.5 text-xs shadow-float">
      <p className="text-muted">from {formatHour(hour.hour)}</p>
      {bars.map(({ name, word }) => (
        <p key={name} className="font-medium tabular-nums">
          {formatCount(hour[name])} {word}
        </p>
      ))}
    </div>
  );
}
