import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { Status } from "#components/ui/text/status.tsx";
import type { Shown, Table } from "./shown.ts";

/** A state in the same icon, word and colour wherever it is shown. */
export function StateBadge<State extends string>(props: { of: Table<State>; state: State }) {
  const shown: Shown | undefined = props.of[props.state];
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
