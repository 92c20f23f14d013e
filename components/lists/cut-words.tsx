import type { ReactNode } from "react";
import { Popover } from "#components/ui/overlays/popover.tsx";

/** What a row says at length: its first words in one line, and all of it beside when they are pressed. */
export function CutWords(props: { words: ReactNode; label: string; children: ReactNode }) {
  return (
    <Popover
      label={props.label}
      trigger={
        <button
          type="button"
          className="relative z-10 inline-block max-w-full truncate py-1 align-middle text-xs underline decoration-dotted underline-offset-4 hover:decoration-solid"
        >
          {props.words}
          <span className="sr-only"> ({props.label})</span>
        </button>
      }
    >
      {props.children}
    </Popover>
  );
}
