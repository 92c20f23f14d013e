import { adviceFor } from "#lib/advice/index.ts";
import type { AdvisedProps } from "./advised.tsx";

/** Through `Advised` alone, so that the table stays out of what every page loads. */
export function WithAdvice({ code, about, children }: AdvisedProps) {
  return children(adviceFor(code, about));
}
