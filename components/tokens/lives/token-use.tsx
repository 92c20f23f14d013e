import { TOKEN_CASE_WORDS } from "#components/runs/run-words.ts";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { TokenCase } from "#lib/operations/runs/schema.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";

const CASES = Object.entries(TOKEN_CASE_WORDS) as [TokenCase, { short: string }][];

/** What sharing was worth in the last 24 hours, and in which ways runs came by the token. */
export function TokenUse({ token }: { token: TokenView }) {
  const { requestsMade: made, requestsSaved: saved, cases } = token;
  return (
    <div className="space-y-3">
      <div className="space-y-2">
        <p className="flex items-baseline gap-2">
          <span className="text-3xl font-semibold tracking-tight tabular-nums">
            {formatCount(saved)}
          </span>
          <span className="text-sm text-muted">
            {saved === 1 ? "request" : "requests"} saved, {formatCount(made)} made
          </span>
        </p>
        <ProgressBar
          label="Token requests saved"
          total={made + saved || null}
          parts={[
            { tone: "ok", count: saved },
            { tone: "warn", count: made },
          ]}
          valueText={`${plural(saved, "request")} saved, ${formatCount(made)} made`}
          className="h-2"
        />
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1 text-xs">
        {CASES.map(([name, { short }]) => (
          <div key={name} className="flex justify-between gap-2 border-b py-0.5">
            <dt className="text-muted">{short}</dt>
            <dd className="font-medium tabular-nums">{plural(cases[name], "run")}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
