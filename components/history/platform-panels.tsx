import { formatCount, formatShare } from "#lib/format.ts";
import type { RegistrationDay } from "#lib/operations/history/schema.ts";
import { Bars } from "./charts/bars.tsx";
import { Legend } from "./charts/fills.tsx";
import { Lines } from "./charts/lines.tsx";
import { Panel } from "./charts/panel.tsx";
import { formatAnswer, formatDay, niceEnd } from "./charts/scale.ts";

type Props = { days: readonly RegistrationDay[] };

const NOTHING = "Nothing was asked of the platform, or it was not counted yet.";

/** How soon the platform answered. */
export function AnswersPanel({ days }: Props) {
  const medians = days.map(({ platform }) => platform.medianMs);
  const slowest = days.map(({ platform }) => platform.p95Ms);
  const most = niceEnd(slowest.map((ms) => ms ?? 0));
  const last = days.findLast(({ platform }) => platform.medianMs !== null);
  return (
    <Panel
      title="Time until the platform answers"
      sum={last ? `${nameOf(last.day, days)}: ${timesOf(last)}` : NOTHING}
      top={formatAnswer(most)}
      from={formatDay(days[0]!.day)}
      to="Today"
      words={days.map((day) => `${formatDay(day.day)}: ${timesOf(day)}`)}
      legend={
        <p aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted">
          <Key word="half of the answers within" />
          <Key word="95% of them within" isDashed />
        </p>
      }
    >
      <Lines lines={[{ values: medians }, { values: slowest, isDashed: true }]} most={most} />
    </Panel>
  );
}

function timesOf({ platform: { medianMs, p95Ms } }: RegistrationDay): string {
  if (medianMs === null || p95Ms === null) return "no answers";
  return `half within about ${formatAnswer(medianMs)}, 95% within ${formatAnswer(p95Ms)}`;
}

function nameOf(day: string, days: Props["days"]): string {
  return day === days.at(-1)?.day ? "Today" : formatDay(day);
}

function Key({ word, isDashed = false }: { word: string; isDashed?: boolean }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg viewBox="0 0 18 6" className="h-1.5 w-4.5">
        <path
          d="M0,3H18"
          strokeWidth={2}
          stroke={isDashed ? "var(--ink-muted)" : "var(--accent)"}
          strokeDasharray={isDashed ? "5 3" : undefined}
        />
      </svg>
      {word}
    </span>
  );
}

/** Which share of the calls came to nothing. */
export function FailuresPanel({ days }: Props) {
  const share = (part: number, calls: number) => (calls === 0 ? 0 : (100 * part) / calls);
  const bars = days.map(({ platform: { calls, failed, throttled } }) => ({
    up: [share(failed, calls), share(throttled, calls)],
  }));
  const most = Math.min(100, niceEnd(bars.map(({ up: [failed = 0, late = 0] }) => failed + late)));
  const sum = (key: "calls" | "failed" | "throttled") =>
    days.reduce((all, { platform }) => all + platform[key], 0);
  const calls = sum("calls");
  return (
    <Panel
      title="Calls that failed or were throttled"
      sum={
        calls === 0
          ? NOTHING
          : `${formatShare(sum("failed") + sum("throttled"), calls)} of ${formatCount(calls)} calls: ${formatCount(sum("failed"))} without a usable answer, ${formatCount(sum("throttled"))} throttled`
      }
      top={`${most}%`}
      from={formatDay(days[0]!.day)}
      to="Today"
      words={days.map(
        ({ day, platform: { calls, failed, throttled } }) =>
          `${formatDay(day)}: of ${formatCount(calls)} calls ${formatCount(failed)} failed, ${formatCount(throttled)} were throttled`,
      )}
      legend={
        <Legend
          id="calls"
          parts={[
            { look: "bad", word: "no answer, or a server error" },
            { look: "warn", word: "throttled (429)" },
          ]}
        />
      }
    >
      <Bars id="calls" bars={bars} up={["bad", "warn"]} most={most} />
    </Panel>
  );
}
