import type { ReactNode } from "react";
import { adviceFor, type About, type Advice } from "#lib/advice/index.ts";

export type AdvisedProps = {
  code: string;
  about?: About;
  children: (advice: Advice) => ReactNode;
};

/** Through `Advised` alone, so that the table stays out of what every page loads. */
export function WithAdvice({ code, about, children }: AdvisedProps) {
  return children(adviceFor(code, about));
}
