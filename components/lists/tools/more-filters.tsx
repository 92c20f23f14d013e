import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { ToolPanel } from "./tool-panel.tsx";

/** Filters that are asked for less often; how many of them are set is said while it is closed. */
export function MoreFilters<Name extends string>(props: {
  names: readonly Name[];
  values: Record<Name, string>;
  children: ReactNode;
}) {
  const set = props.names.filter((name) => props.values[name]).length;
  return (
    <ToolPanel
      label={set === 0 ? "More filters" : `More filters, ${set} set`}
      icon={<SlidersHorizontal aria-hidden className="size-3.5" />}
    >
      <div className="flex flex-col gap-2">{props.children}</div>
    </ToolPanel>
  );
}
