import { TOKEN_CASE_WORDS } from "#components/runs/run-words.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { TokenCase } from "#lib/operations/runs/schema.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";

const CASES = Object.entries(TOKEN_CASE_WORDS) as [TokenCase, { short: string; long: string }][];

/** How the runs of the last day came by their token, and what sharing it was worth: in words. */
export function TokenCases({ token }: { token: TokenView }) {
  const { requestsMade, requestsSaved, cases } = token;
  const met = CASES.filter(([name]) => cases[name] > 0);
  return (
    <Card aria-labelledby="cases">
      <CardHeader id="cases" title="Last 24 hours" />
      <div className="space-y-3 p-4 text-sm">
        <p>
          <span className="font-semibold">{plural(requestsMade, "request")} made</span>,{" "}
          {formatCount(requestsSaved)} saved by sharing the token and swapping endpoints.
        </p>
        {met.length === 0 ? (
          <p className="text-muted">No run has used a token.</p>
        ) : (
          <dl className="space-y-2">
            {met.map(([name, { short, long }]) => (
              <div key={name}>
                <dt className="font-medium">
                  {short}: {plural(cases[name], "run")}
                </dt>
                <dd className="text-muted">{long}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </Card>
  );
}
