import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import type { SearchParams } from "../../../_server/prefetch.ts";
import { drop, refresh } from "../actions.ts";
import { tokenReads } from "../token-reads.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { TokenPage } from "#components/tokens/page/token-page.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";

export const metadata: Metadata = { title: "Token" };

export default async function OneTokenPage(props: {
  params: Promise<{ registrationId: string }>;
  searchParams: SearchParams;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/tokens/${registrationId}`);
  const { name } = await found(getRegistration(caller, { registrationId }));
  return (
    <>
      <PageHeader
        title={`Token of ${name}`}
        crumbs={[{ label: "Tokens", href: "/tokens" }]}
        description={
          <>
            Shared by all courses, runs and workers of{" "}
            <TextLink href={`/registrations/${registrationId}`}>this registration</TextLink>. The
            token itself is sealed in the database and never shown.
          </>
        }
      />
      <Prefetched reads={await tokenReads(caller, registrationId, props.searchParams)}>
        <TokenPage registrationId={registrationId} actions={{ refresh, drop }} />
      </Prefetched>
    </>
  );
}
