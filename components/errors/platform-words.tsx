import dynamic from "next/dynamic";
import type { PlatformWordsProps } from "./explained/platform-words-explained.tsx";

/**
 * Why one thing of many failed, in a table: the platform's words as they came, then advice, unless
 * it is over and nobody need act any more.
 */
export const PlatformWords = dynamic<PlatformWordsProps>(() =>
  import("./explained/platform-words-explained.tsx").then(
    ({ PlatformWordsExplained }) => PlatformWordsExplained,
  ),
);
