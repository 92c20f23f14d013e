import { lazily } from "#components/ui/lazily.tsx";
import type { ErrorNoticeProps } from "./explained/error-explained.tsx";

/**
 * An error, its likely cause, who acts, and the platform's words as they came.
 * `about` names what it happened to, for whoever gets the copy.
 */
export const ErrorNotice = lazily<ErrorNoticeProps>(() =>
  import("./explained/error-explained.tsx").then(({ ErrorExplained }) => ErrorExplained),
);
