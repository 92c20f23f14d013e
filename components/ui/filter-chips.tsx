"use client";

import { cn } from "./cn.ts";

export type Chip = { value: string; label: string; count?: number | string | null };

/** Filters of which several may be on; each says how many rows it would show. */
export function FilterChips(props: {
  label: string;
  chips: Chip[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
}) {
  const toggle = (value: string) =>
    props.onChange(
      props.selected.includes(value)
        ? props.selected.filter((one) => one !== value)
        : [...props.selected, value],
    );
  return (
    <div role="group" aria-label={props.label} className="flex flex-wrap gap-1.5">
      {props.chips.map((chip) => {
        const isOn = props.selected.includes(chip.value);
        return (
          <button
            key={chip.value}
            type="button"
            aria-pressed={isOn}
            onClick={() => toggle(chip.value)}
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
