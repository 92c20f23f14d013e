import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { drop, refresh } from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { TokenBoard } from "#components/tokens/token-board.tsx";
import { listTokens } from "#lib/operations/tokens/tokens.ts";

export const metadata: Metadata = { title: "Tokens" };

export default async function TokensPage() {
  const caller = await pageCaller("/tokens");
  return (
    <>
      <PageHeader
        title="Tokens"
        description="One access token per registration, shared by all its courses, runs and workers. The token itself is sealed in the database and never shown."
      />
      <FirstPaint reads={[{ path: "/api/v1/tokens", data: await listTokens(caller) }]}>
        <TokenBoard actions={{ refresh, drop }} />
      </FirstPaint>
    </>
  );
}
