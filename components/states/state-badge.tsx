import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { Status } from "#components/ui/text/status.tsx";
import { STATES, type Shown } from "./states.ts";

type Tables = typeof STATES;

/** A state in the same icon, word and colour wherever it is shown. */
export function StateBadge<Of extends keyof Tables>(props: {
  of: Of;
  state: keyof Tables[Of] & string;
}) {
  const table: Record<string, Shown> = STATES[props.of];
  const shown = table[props.state];
  return shown ? <ShownState {...shown} /> : null;
}

/** The same for a state that the screen works out itself; `children` follow the word. */
export function ShownState({ tone, icon, word, children }: Shown & { children?: ReactNode }) {
  return (
    <Status tone={tone} icon={icon} isSpinning={icon === LoaderCircle}>
      {word}
      {children}
    </Status>
  );
}
