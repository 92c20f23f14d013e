import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetch } from "../../../../_server/prefetch.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { ConnectionTest } from "#components/registrations/test/connection-test.tsx";
import { EarlierTests } from "#components/registrations/test/earlier-tests.tsx";
import { probeAudience, testConnection } from "./actions.ts";

export const metadata: Metadata = { title: "Connection test" };

export default async function ConnectionTestPage(props: {
  params: Promise<{ registrationId: string }>;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}/test`);
  const read = await Promise.all([
    prefetch(caller, reads.connectionTest({ registrationId })),
    prefetch(caller, reads.connectionTests({ registrationId })),
  ]);
  return (
    <Prefetched reads={read}>
      <div className="space-y-4">
        <ConnectionTest
          registrationId={registrationId}
          start={testConnection}
          probeAudience={probeAudience}
        />
        <EarlierTests registrationId={registrationId} />
      </div>
    </Prefetched>
  );
}
