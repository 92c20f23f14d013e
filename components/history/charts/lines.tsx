export type Line = {
  /** From the left; null where there is nothing. */
  values: readonly (number | null)[];
  isDashed?: boolean;
  /** Goes on level until the next point. */
  isStep?: boolean;
};

const [WIDTH, HEIGHT] = [600, 120];

/** Lines to one scale; points stand in the middle of equal steps, with a gap where one is missing. */
export function Lines({ lines, most }: { lines: readonly Line[]; most: number }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-30 w-full border-b"
    >
      {lines.map(({ values, isDashed, isStep }, index) => {
        const places = placesOf(values, most);
        const stroke = isDashed ? "var(--ink-muted)" : "var(--accent)";
        return (
          <g key={index} fill="none" stroke={stroke}>
            <path
              d={pathOf(places, isStep)}
              strokeWidth={2}
              strokeDasharray={isDashed ? "5 4" : undefined}
              vectorEffect="non-scaling-stroke"
            />
            {/* A line of no length with round ends: a dot that is not stretched. */}
            <path
              d={places.flatMap((place) => (place ? [`M${place}h0`] : [])).join("")}
              strokeWidth={isDashed ? 4 : 6}
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          </g>
        );
      })}
    </svg>
  );
}

function placesOf(values: readonly (number | null)[], most: number): (string | null)[] {
  const step = WIDTH / Math.max(1, values.length);
  const place = (value: number, index: number) =>
    `${((index + 0.5) * step).toFixed(1)},${(HEIGHT - (value / most) * (HEIGHT - 6) - 3).toFixed(1)}`;
  return values.map((value, index) => (value === null ? null : place(value, index)));
}

function pathOf(places: readonly (string | null)[], isStep = false): string {
  let before: string | null = null;
  return places
    .map((place) => {
      const from = before;
      before = place;
      if (place === null) return "";
      if (from === null) return `M${place}`;
      return isStep ? `H${place.split(",")[0]}L${place}` : `L${place}`;
    })
    .join("");
}
