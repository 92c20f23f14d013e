import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { ConnectionTest } from "#components/registrations/connection-test.tsx";
import { EarlierTests } from "#components/registrations/earlier-tests.tsx";
import {
  getConnectionTest,
  listConnectionTests,
} from "#lib/operations/connection-tests/connection-tests.ts";
import { probeAudience, testConnection } from "./actions.ts";

export const metadata: Metadata = { title: "Connection test" };

export default async function ConnectionTestPage(props: {
  params: Promise<{ registrationId: string }>;
}) {
  const { registrationId } = await props.params;
  const path = `/registrations/${registrationId}`;
  const caller = await pageCaller(`${path}/test`);
  const [latest, list] = await Promise.all([
    found(getConnectionTest(caller, { registrationId })),
    found(listConnectionTests(caller, { registrationId })),
  ]);
  return (
    <FirstPaint
      reads={[
        { path: `/api/v1${path}/test`, data: latest },
        { path: `/api/v1${path}/tests`, data: list },
      ]}
    >
      <div className="space-y-4">
        <ConnectionTest
          registrationId={registrationId}
          start={testConnection}
          probeAudience={probeAudience}
        />
        <EarlierTests registrationId={registrationId} />
      </div>
    </FirstPaint>
  );
}
