import { CircleDot } from "lucide-react";
import { FilterChips, type Chip } from "#components/ui/tables/filter-chips.tsx";
import { ToolPanel } from "./tool-panel.tsx";

/** The states of a list with how many rows each has; which are chosen is said while it is closed. */
export function StateFilter(props: {
  chips: Chip[];
  isSingle?: boolean;
  /** As the address has it: one state, or several with commas between. */
  value: string;
  onChange: (value: string) => void;
}) {
  const selected = props.value.split(",").filter(Boolean);
  const words = props.chips.filter(({ value }) => selected.includes(value));
  return (
    <ToolPanel
      label={words.length === 0 ? "State" : `State: ${words.map(({ label }) => label).join(", ")}`}
      icon={<CircleDot aria-hidden className="size-3.5" />}
      align="start"
    >
      <FilterChips
        name="state"
        label="State"
        isSingle={props.isSingle}
        chips={props.chips}
        selected={selected}
        onChange={(states) =>
          props.onChange(props.isSingle ? (states.at(-1) ?? "") : states.join(","))
        }
      />
    </ToolPanel>
  );
}
