import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { registrationOptions } from "../courses/registration-options.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { TokenList } from "#components/tokens/list/token-list.tsx";

export const metadata: Metadata = { title: "Tokens" };

export default async function TokensPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/tokens");
  const [list, registrations] = await Promise.all([
    prefetchList(caller, reads.tokens, props.searchParams),
    registrationOptions(caller),
  ]);
  return (
    <>
      <PageHeader
        title="Tokens"
        description="One access token per registration, shared by all its courses, runs and workers. The token itself is sealed in the database and never shown."
      />
      <Prefetched reads={[list]}>
        <TokenList registrations={registrations} />
      </Prefetched>
    </>
  );
}
