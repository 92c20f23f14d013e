import type { ReactNode } from "react";
import type { Problem } from "#lib/operations/fields.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import { CopyButton } from "#components/ui/buttons/copy-button.tsx";
import { adviceFor, OWNER_WORDS, type Advice } from "#lib/advice/index.ts";
import { factsOf, supportText, verbatimOf } from "./verbatim.ts";

export type ErrorNoticeProps = {
  problem: Problem;
  about?: Record<string, string>;
  /** The platform's key, for the LMS's own words. */
  platform?: string;
  /** In place of the error's own title, where more than one thing met it. */
  title?: ReactNode;
  /** What met it. */
  touches?: ReactNode;
  actions?: ReactNode;
  role?: "alert";
};

/** Through `ErrorNotice` alone, so that the table of advice stays out of what every page loads. */
export function ErrorExplained(props: ErrorNoticeProps) {
  const { problem } = props;
  const { platform, about } = props;
  const advice = adviceFor(problem.code, {
    platform,
    course: about?.["course"],
    detail: problem.detail,
  });
  const verbatim = verbatimOf(problem);
  return (
    <Banner
      tone={advice.owner === "nobody" ? "warn" : "bad"}
      role={props.role}
      title={props.title ?? advice.title}
    >
      {props.touches}
      {!isSaid(problem.message, advice) && (
        <p className="first-letter:uppercase">{problem.message}.</p>
      )}
      <p className="text-muted">{advice.cause}</p>
      <p>
        <span className="font-medium">{OWNER_WORDS[advice.owner]}.</span> {advice.fix}
      </p>
      <ErrorFacts problem={problem} />
      {verbatim && (
        <div className="pt-1">
          <p className="pb-1 text-xs text-muted">In the platform&apos;s words</p>
          <CodeBlock code={verbatim} label="the platform's words" />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2 pt-2">
        {props.actions}
        <CopyButton text={supportText(problem, props.about ?? {})} label="Copy for support">
          Copy for support
        </CopyButton>
        <code className="font-mono text-xs text-muted">{problem.code}</code>
      </div>
    </Banner>
  );
}

/** Whether the message only says what the advice says already. */
function isSaid(message: string, { title, cause }: Advice): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/\.$/, "");
  return [title, cause].some((text) => bare(text) === bare(message));
}

function ErrorFacts({ problem }: { problem: Problem }) {
  const facts = factsOf(problem);
  if (facts.length === 0) return null;
  return (
    <dl className="grid gap-x-4 gap-y-1 py-1 text-xs sm:grid-cols-[auto_minmax(0,1fr)]">
      {facts.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-muted first-letter:uppercase">{label}</dt>
          <dd className="font-mono break-all whitespace-pre-wrap">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
