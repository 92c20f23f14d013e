import type { ReactNode } from "react";
import { Tooltip } from "./tooltip.tsx";

/**
 * What cannot be done now, with the reason on focus and hover. `children` is one element that can
 * take the focus, is `aria-disabled` and does nothing; with no reason it stands as it is.
 */
export function HeldBack({ reason, children }: { reason: ReactNode; children: ReactNode }) {
  return reason === null ? children : <Tooltip text={reason}>{children}</Tooltip>;
}
