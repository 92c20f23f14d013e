import type { Problem } from "#lib/operations/fields.ts";
import { adviceFor, OWNER_WORDS } from "#lib/advice/index.ts";
import { verbatimOf } from "./verbatim.ts";

export type PlatformWordsProps = {
  problem: Problem;
  httpStatus: number | null;
  isSettled?: boolean;
  platform?: string;
};

/** Through `PlatformWords` alone, so that the table of advice stays out of what every page loads. */
export function PlatformWordsExplained(props: PlatformWordsProps) {
  const { problem, httpStatus, isSettled = false } = props;
  const advice = adviceFor(problem.code, { platform: props.platform, detail: problem.detail });
  return (
    <div className="max-w-lg text-xs @min-[44rem]:min-w-56">
      <p className="font-medium">{advice.title}</p>
      <p className="mt-1 border-s-2 border-bad-line ps-2 font-mono whitespace-pre-wrap">
        {httpStatus !== null && <span className="text-muted">HTTP {httpStatus} </span>}
        {verbatimOf(problem) ?? problem.message}
      </p>
      {!isSettled && (
        <p className="mt-1 text-muted">
          {OWNER_WORDS[advice.owner]}. {advice.fix}
        </p>
      )}
    </div>
  );
}
