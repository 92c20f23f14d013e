import { lazily } from "#components/ui/lazily.tsx";
import type { PlatformWordsProps } from "./explained/platform-words-explained.tsx";

/**
 * Why one thing of many failed, in a table: the platform's words as they came, then advice, unless
 * it is over and nobody need act any more.
 */
export const PlatformWords = lazily<PlatformWordsProps>(() =>
  import("./explained/platform-words-explained.tsx").then(
    ({ PlatformWordsExplained }) => PlatformWordsExplained,
  ),
);
