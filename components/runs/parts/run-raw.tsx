"use client";

import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyButton } from "#components/ui/buttons/copy-button.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { useIsHydrated } from "#components/live/time/clock.tsx";
import type { RunDetail } from "#lib/operations/runs/schema.ts";

/** The run as the API answers it, and the command that asks for it. */
export function RunRaw({ run }: { run: RunDetail }) {
  const origin = useIsHydrated() ? window.location.origin : "";
  const address = `${origin}/api/v1/runs/${run.id}`;
  const json = JSON.stringify(run, null, 2);
  return (
    <Card aria-labelledby="run-raw">
      <CardHeader
        id="run-raw"
        title="The API’s answer"
        description={`GET /api/v1/runs/${run.id}`}
        actions={
          <>
            <CopyButton text={curlOf(address)} label="as curl">
              Copy as curl
            </CopyButton>
            <CopyButton text={json} label="as JSON">
              Copy JSON
            </CopyButton>
          </>
        }
      />
      <ScrollRegion label="The run as JSON" className="max-h-[40rem] overflow-auto">
        <pre className="p-4 font-mono text-xs">{json}</pre>
      </ScrollRegion>
    </Card>
  );
}

/** The key stays out of the command: what is copied is pasted elsewhere. */
function curlOf(address: string): string {
  return `curl -H "Authorization: Bearer $ROLLBOOK_API_KEY" ${address}`;
}
