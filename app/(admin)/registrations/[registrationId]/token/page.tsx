import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import type { SearchParams } from "../../../../_server/prefetch.ts";
import { drop, refresh } from "../../../tokens/actions.ts";
import { tokenReads } from "../../../tokens/token-reads.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { TokenPage } from "#components/tokens/page/token-page.tsx";

export const metadata: Metadata = { title: "Token" };

export default async function RegistrationTokenPage(props: {
  params: Promise<{ registrationId: string }>;
  searchParams: SearchParams;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}/token`);
  return (
    <Prefetched reads={await tokenReads(caller, registrationId, props.searchParams)}>
      <TokenPage registrationId={registrationId} actions={{ refresh, drop }} />
    </Prefetched>
  );
}
