import { Advised } from "#components/errors/advised.tsx";
import { OWNER_WORDS, type Advice } from "#lib/advice/advice.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { TokenView } from "#lib/operations/tokens/schema.ts";

/** The last refusal. While it stands it is an error; once a token was granted it is history. */
export function TokenProblem({ token }: { token: TokenView }) {
  const problem = token.lastProblem;
  if (!problem) return null;
  return (
    <Advised code={problem.code}>
      {(advice) => <Refusal problem={problem} advice={advice} stands={token.state === "refused"} />}
    </Advised>
  );
}

function Refusal(props: {
  problem: NonNullable<TokenView["lastProblem"]>;
  advice: Advice;
  stands: boolean;
}) {
  const { problem, advice, stands } = props;
  return (
    <Banner
      tone={stands ? "bad" : "idle"}
      title={
        <>
          {stands ? advice.title : `Before: ${advice.title.toLowerCase()}`}{" "}
          <span className="font-normal text-muted">
            <RelativeTime at={problem.at} />
          </span>
        </>
      }
    >
      {stands && (
        <>
          <p className="text-muted">{advice.cause}</p>
          <p>
            <span className="font-medium">{OWNER_WORDS[advice.owner]}.</span> {advice.fix}
          </p>
        </>
      )}
      <p className="pt-1 text-xs text-muted">In the platform&apos;s words</p>
      <CodeBlock code={problem.message} label="the platform's words" />
    </Banner>
  );
}
