/** How a part of a chart is drawn: told apart by pattern as well as by colour. */
export type Look = "plain" | "good" | "bad" | "warn" | "waiting";

const COLOURS: Record<Look, string> = {
  plain: "var(--accent)",
  good: "var(--ok-fill)",
  bad: "var(--bad-fill)",
  warn: "var(--warn-fill)",
  waiting: "var(--ink-muted)",
};

/** Lines over a light ground; what is plain or good is filled. */
const PATTERNS: Partial<Record<Look, string>> = {
  bad: "M0,4 L4,0 M-1,1 L1,-1 M3,5 L5,3",
  warn: "M0,0 L4,4 M-1,3 L1,5 M3,-1 L5,1",
  waiting: "M0,2 L4,2",
};

export function fillOf(look: Look, id: string): string {
  return PATTERNS[look] ? `url(#${id}-${look})` : COLOURS[look];
}

/** The patterns of one drawing; `id` is its own on the page. */
export function Patterns({ id, looks }: { id: string; looks: readonly Look[] }) {
  return (
    <defs>
      {looks.map(
        (look) =>
          PATTERNS[look] && (
            <pattern
              key={look}
              id={`${id}-${look}`}
              width={4}
              height={4}
              patternUnits="userSpaceOnUse"
            >
              <rect width={4} height={4} fill={COLOURS[look]} fillOpacity={0.3} />
              <path d={PATTERNS[look]} stroke={COLOURS[look]} strokeWidth={1.5} />
            </pattern>
          ),
      )}
    </defs>
  );
}

/** What each look stands for. */
export function Legend(props: { id: string; parts: readonly { look: Look; word: string }[] }) {
  const { id, parts } = props;
  return (
    <p aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted">
      {parts.map(({ look, word }) => (
        <span key={word} className="flex items-center gap-1.5">
          <svg viewBox="0 0 10 10" className="size-2.5">
            <Patterns id={`${id}-key`} looks={[look]} />
            <rect width={10} height={10} fill={fillOf(look, `${id}-key`)} />
          </svg>
          {word}
        </span>
      ))}
    </p>
  );
}
