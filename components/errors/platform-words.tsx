import dynamic from "next/dynamic";
import type { PlatformWordsProps } from "./platform-words-explained.tsx";

/**
 * Why one thing of many failed, in a table: the platform's words as they came, then advice, unless
 * it is over and nobody need act any more.
 */
export const PlatformWords = dynamic<PlatformWordsProps>(() =>
  import("./platform-words-explained.tsx").then(
    ({ PlatformWordsExplained }) => PlatformWordsExplained,
  ),
);
