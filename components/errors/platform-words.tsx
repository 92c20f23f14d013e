import type { Problem } from "#lib/operations/fields.ts";
import { adviceFor, OWNER_WORDS } from "#lib/advice/index.ts";
import { verbatimOf } from "./verbatim.ts";

/**
 * Why one thing of many failed, in a table: the platform's words as they came, then advice, unless
 * it is over and nobody need act any more.
 */
export function PlatformWords(props: {
  problem: Problem;
  httpStatus: number | null;
  isSettled?: boolean;
  platform?: string;
}) {
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
