import type { ReactNode } from "react";
import { ChartKeys } from "./chart-keys.tsx";

type Props = {
  title: string;
  /** The chart in one sentence. */
  sum: ReactNode;
  /** What the top of the scale stands for, and its bottom where that is not nothing. */
  top: string;
  bottom?: string;
  /** What stands below its left and its right end. */
  from: string;
  to: string;
  words: readonly string[];
  legend?: ReactNode;
  children: ReactNode;
};

/** A drawing with its sentence, its scale and its legend. */
export function Panel(props: Props) {
  const { title, sum, top, bottom, from, to, words, legend, children } = props;
  return (
    <div className="min-w-0 space-y-1.5">
      <h3 className="text-sm font-medium">{title}</h3>
      <p className="text-xs text-muted tabular-nums">{sum}</p>
      <ChartKeys label={title} words={words}>
        {children}
        <Scale at="top-0" text={top} />
        {bottom && <Scale at="bottom-0" text={bottom} />}
      </ChartKeys>
      <p aria-hidden className="flex justify-between text-2xs text-faint tabular-nums">
        <span>{from}</span>
        <span>{to}</span>
      </p>
      {legend}
    </div>
  );
}

function Scale({ at, text }: { at: string; text: string }) {
  return (
    <span
      aria-hidden
      className={`pointer-events-none absolute start-0 ${at} bg-surface/80 px-0.5 text-2xs text-muted tabular-nums`}
    >
      {text}
    </span>
  );
}
