"use client";

import { cn } from "../cn.ts";

export type Chip = { value: string; label: string; count?: number | string | null };

/** Filters of which several may be on; each says how many rows it would show. */
export function FilterChips(props: {
  /** As the API calls it; without JavaScript each chip sends the form with what it leads to. */
  name: string;
  label: string;
  chips: Chip[];
  /** One at a time. */
  isSingle?: boolean;
  selected: readonly string[];
  onChange: (selected: string[]) => void;
}) {
  const after = (value: string) =>
    props.selected.includes(value)
      ? props.selected.filter((one) => one !== value)
      : [...props.selected, value];
  return (
    <div role="group" aria-label={props.label} className="flex flex-wrap gap-1.5">
      {props.chips.map((chip) => {
        const isOn = props.selected.includes(chip.value);
        return (
          <button
            key={chip.value}
            type="submit"
            name={props.name}
            value={(props.isSingle ? after(chip.value).slice(-1) : after(chip.value)).join(",")}
            aria-pressed={isOn}
            onClick={(event) => {
              event.preventDefault();
              props.onChange(after(chip.value));
            }}
            className={cn(
              "inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium transition-colors",
              isOn
                ? "border-accent bg-accent-soft text-accent"
                : "border-line-strong bg-surface text-muted hover:bg-hover hover:text-ink",
            )}
          >
            {chip.label}
            {chip.count !== undefined && <span className="tabular-nums">{chip.count ?? "—"}</span>}
          </button>
        );
      })}
    </div>
  );
}
