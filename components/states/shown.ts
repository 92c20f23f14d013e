import type { LucideIcon } from "lucide-react";
import type { Tone } from "#components/ui/text/status.tsx";

/** A state on screen: icon, word and colour together. */
export type Shown = { tone: Tone; icon: LucideIcon; word: string };

/** The states of one kind of thing. */
export type Table<State extends string> = Record<State, Shown>;

/** The same as choices of a filter. */
export function stateOptions(table: Record<string, Shown>): { value: string; label: string }[] {
  return Object.entries(table).map(([value, { word }]) => ({ value, label: word }));
}
