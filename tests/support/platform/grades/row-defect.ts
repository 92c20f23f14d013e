import type { Exchange } from "#tests/support/platform/exchange.ts";
import type { FaultOf } from "#tests/support/platform/faults/faults.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";

type Row = Record<string, unknown>;

const MAXIMA = ["scoreMaximum", "resultMaximum"] as const;

/** Spoils rows of a page of line items or results, each by its place. */
export function withRowDefects(
  state: PlatformState,
  { facts }: Exchange,
  rows: readonly Row[],
): unknown[] {
  const spoilt: unknown[] = [...rows];
  for (const { position, defect } of state.faults.takeAll("row_defect", facts)) {
    const victim = rows[position];
    if (victim) spoilt[position] = spoil(victim, defect);
  }
  return spoilt;
}

function spoil(row: Row, defect: FaultOf<"row_defect">["defect"]): unknown {
  switch (defect) {
    case "not_an_object":
      return null;
    case "no_id":
      return without(row, ["id"]);
    case "no_user_id":
      return without(row, ["userId"]);
    case "no_maximum":
      return without(row, MAXIMA);
    case "zero_maximum":
      return change(row, MAXIMA, () => 0);
    case "text_numbers":
      return change(row, [...MAXIMA, "resultScore"], String);
  }
}

function without(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

function change(row: Row, names: readonly string[], to: (value: unknown) => unknown): Row {
  const entries = Object.entries(row).map(([name, value]) =>
    names.includes(name) && value !== null ? [name, to(value)] : [name, value],
  );
  return Object.fromEntries(entries) as Row;
}
