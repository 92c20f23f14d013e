import { fillOf, type Look, Patterns } from "./fills.tsx";

/** Parts of one bar: those up from the line, and those down from it. */
type Bar = { up: readonly number[]; down?: readonly number[] };

type Props = {
  /** The drawing's own on the page. */
  id: string;
  bars: readonly Bar[];
  up: readonly Look[];
  down?: readonly Look[];
  /** Ends of the scale, above and below the line. */
  most: number;
  least?: number;
};

const [WIDTH, HEIGHT, GAP] = [600, 120, 0.2];

/** Bars side by side, made of parts, to one scale. */
export function Bars({ id, bars, up, down = [], most, least = 0 }: Props) {
  const step = WIDTH / Math.max(1, bars.length);
  const scale = HEIGHT / (most + least);
  const line = most * scale;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-30 w-full border-b"
    >
      <Patterns id={id} looks={[...up, ...down]} />
      {bars.map((bar, index) => (
        <g key={index} transform={`translate(${(index + GAP / 2) * step} 0)`}>
          {parts(bar.up, scale).map(({ from, size }, part) => (
            <rect
              key={part}
              y={line - from - size}
              width={step * (1 - GAP)}
              height={size}
              fill={fillOf(up[part]!, id)}
            />
          ))}
          {parts(bar.down ?? [], scale).map(({ from, size }, part) => (
            <rect
              key={part}
              y={line + from}
              width={step * (1 - GAP)}
              height={size}
              fill={fillOf(down[part]!, id)}
            />
          ))}
        </g>
      ))}
      {least > 0 && <line x2={WIDTH} y1={line} y2={line} stroke="var(--line-strong)" />}
    </svg>
  );
}

/** Where each part begins and how long it is; what there is at all can be seen. */
function parts(values: readonly number[], scale: number) {
  let from = 0;
  return values.map((value) => {
    const size = value > 0 ? Math.max(1.5, value * scale) : 0;
    const part = { from, size };
    from += size;
    return part;
  });
}
