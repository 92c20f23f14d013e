import { lazily } from "#components/ui/lazily.tsx";
import type { DestinationProps } from "./destination-dialog.tsx";

const DestinationDialog = lazily<DestinationProps>(() =>
  import("./destination-dialog.tsx").then(({ DestinationDialog }) => DestinationDialog),
);

/** Within a form that was refused for want of it: the same form once more, confirmed. */
export function ConfirmDestination(props: DestinationProps) {
  if (props.state.code !== "operation.confirmation_needed") return null;
  return <DestinationDialog {...props} />;
}
