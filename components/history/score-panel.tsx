import { formatCount, plural } from "#lib/format.ts";
import { Bars } from "./charts/bars.tsx";
import { Legend } from "./charts/fills.tsx";
import { Panel } from "./charts/panel.tsx";
import { formatDay, niceEnd } from "./charts/scale.ts";

type Day = { day: string; sent: number; rejected: number };

const LOOKS = ["good", "bad", "waiting"] as const;

/** Scores by the day on which their run ended; what waits now stands on the last. */
export function ScorePanel({ days, waiting }: { days: readonly Day[]; waiting: number }) {
  const bars = days.map(({ sent, rejected }, at) => ({
    up: [sent, rejected, at === days.length - 1 ? waiting : 0],
  }));
  const most = niceEnd(bars.map(({ up }) => up.reduce((sum, part) => sum + part, 0)));
  const sum = (part: 0 | 1) => bars.reduce((all, { up }) => all + up[part]!, 0);
  return (
    <Panel
      title="Scores by day"
      sum={`${formatCount(sum(0))} sent, ${formatCount(sum(1))} rejected; ${formatCount(waiting)} waiting now`}
      top={plural(most, "score")}
      from={formatDay(days[0]!.day)}
      to="Today"
      words={bars.map(({ up: [sent, rejected, waits] }, at) =>
        [
          `${formatDay(days[at]!.day)}: ${formatCount(sent)} sent, ${formatCount(rejected)} rejected`,
          ...(waits ? [`${formatCount(waits)} waiting now`] : []),
        ].join(", "),
      )}
      legend={
        <Legend
          id="scores"
          parts={[
            { look: "good", word: "sent" },
            { look: "bad", word: "rejected" },
            { look: "waiting", word: "waiting now" },
          ]}
        />
      }
    >
      <Bars id="scores" bars={bars} up={LOOKS} most={most} />
    </Panel>
  );
}
