import { Pause, Play } from "lucide-react";
import { ActionButton } from "./action-button.tsx";
import type { FormAction } from "../form-state.ts";

export type PauseActions = { pause: FormAction; resume: FormAction };

/** Stops the syncs of one thing, or lets them go on. */
export function PauseButton(
  props: PauseActions & { isPaused: boolean; values: Record<string, string> },
) {
  if (props.isPaused)
    return (
      <ActionButton action={props.resume} values={props.values} look="primary">
        <Play aria-hidden /> Resume
      </ActionButton>
    );
  return (
    <ActionButton action={props.pause} values={props.values} look="quiet">
      <Pause aria-hidden /> Pause
    </ActionButton>
  );
}
