import { formatCount } from "#lib/format.ts";
import { Bars } from "./charts/bars.tsx";
import { Legend } from "./charts/fills.tsx";
import { Panel } from "./charts/panel.tsx";
import { niceEnd } from "./charts/scale.ts";

type Mark = { name: string; added: number; removed: number };

/** Who came, above the line, and who went, below it. */
export function MembersPanel(props: {
  title: string;
  marks: readonly Mark[];
  from: string;
  to: string;
}) {
  const { marks, ...panel } = props;
  const added = marks.map((mark) => mark.added);
  const removed = marks.map((mark) => mark.removed);
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
  const most = niceEnd(added);
  // Nobody went: the line is the bottom.
  const least = sum(removed) === 0 ? 0 : niceEnd(removed);
  return (
    <Panel
      {...panel}
      sum={`${formatCount(sum(added))} added, ${formatCount(sum(removed))} removed`}
      top={`+${formatCount(most)}`}
      bottom={least > 0 ? `−${formatCount(least)}` : undefined}
      words={marks.map(
        ({ name, added, removed }) =>
          `${name}: ${formatCount(added)} added, ${formatCount(removed)} removed`,
      )}
      legend={
        <Legend
          id="people"
          parts={[
            { look: "plain", word: "added, upwards" },
            { look: "warn", word: "removed, downwards" },
          ]}
        />
      }
    >
      <Bars
        id="people"
        bars={marks.map(({ added, removed }) => ({ up: [added], down: [removed] }))}
        up={["plain"]}
        down={["warn"]}
        most={most}
        least={least}
      />
    </Panel>
  );
}
