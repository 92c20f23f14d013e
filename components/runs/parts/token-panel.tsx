import { KeyRound, RefreshCw, Repeat, Shuffle, type LucideIcon } from "lucide-react";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, UNKNOWN } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { tokenSentence } from "./token-words.ts";

/** How this run came by its access token, and what it did with it. */
export function TokenPanel({ run }: { run: RunDetail }) {
  const isKnown = run.token.case !== null;
  const figures: { label: string; icon: LucideIcon; count: number }[] = [
    { label: "Requested", icon: KeyRound, count: run.token.requested },
    { label: "Reused", icon: Repeat, count: run.token.reused },
    { label: "Refreshed", icon: RefreshCw, count: run.token.refreshed },
    { label: "Endpoint swaps", icon: Shuffle, count: run.token.endpointSwaps },
  ];
  return (
    <Card aria-labelledby="run-token">
      <CardHeader
        id="run-token"
        title="Access token"
        actions={
          <TextLink href={`/tokens/${run.registrationId}`}>This platform&apos;s token</TextLink>
        }
      />
      <CardBody className="space-y-4">
        <p className="text-sm">{tokenSentence(run)}</p>
        <dl className="grid grid-cols-2 gap-3">
          {figures.map(({ label, icon: Icon, count }) => (
            <div key={label} className="rounded-md border px-3 py-2">
              <dt className="flex items-center gap-1.5 text-xs text-muted">
                <Icon aria-hidden className="size-3.5" /> {label}
              </dt>
              <dd className="text-lg font-semibold tabular-nums">
                {isKnown ? formatCount(count) : UNKNOWN}
              </dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
