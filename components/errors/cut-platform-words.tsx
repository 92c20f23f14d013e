import { CutWords } from "#components/lists/cut-words.tsx";
import { PlatformWords } from "./platform-words.tsx";
import type { PlatformWordsProps } from "#components/errors/explained/platform-words-explained.tsx";
import { verbatimOf } from "#components/errors/explained/verbatim.ts";

/** Why one thing of a list failed, in its one line; with advice when it is pressed. */
export function CutPlatformWords({ of, ...words }: PlatformWordsProps & { of: string }) {
  const { problem, httpStatus } = words;
  const said = verbatimOf(problem) ?? problem.message;
  const hasStatus = httpStatus === null || said.startsWith("HTTP ");
  return (
    <CutWords
      label={`What the platform said of ${of}`}
      words={
        <>
          {!hasStatus && <span className="text-muted">HTTP {httpStatus} </span>}
          {said}
        </>
      }
    >
      <PlatformWords {...words} />
    </CutWords>
  );
}
