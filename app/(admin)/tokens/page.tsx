import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetch } from "../../_server/prefetch.ts";
import { drop, refresh } from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { TokenBoard } from "#components/tokens/token-board.tsx";

export const metadata: Metadata = { title: "Tokens" };

export default async function TokensPage() {
  const caller = await pageCaller("/tokens");
  return (
    <>
      <PageHeader
        title="Tokens"
        description="One access token per registration, shared by all its courses, runs and workers. The token itself is sealed in the database and never shown."
      />
      <Prefetched reads={[await prefetch(caller, reads.tokens({}))]}>
        <TokenBoard actions={{ refresh, drop }} />
      </Prefetched>
    </>
  );
}
