import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { refusalWords } from "../../../_server/session/single-sign-on.ts";
import { askPasskeyAgain, proveAgain } from "./actions.ts";
import { AgainPage } from "#components/auth/again-page.tsx";
import { getOwnWays } from "#lib/operations/sessions/sessions.ts";

export const metadata: Metadata = { title: "Confirm that it is you" };

type Asked = { done?: string | string[]; refused?: string | string[] };

export default async function ProveAgainPage(props: { searchParams: Promise<Asked> }) {
  const { done, refused } = await props.searchParams;
  const ways = await getOwnWays(await pageCaller("/login/again"));
  return (
    <AgainPage
      prove={proveAgain}
      askPasskey={askPasskeyAgain}
      ways={ways}
      isDone={done !== undefined}
      refused={refusalWords(refused)}
    />
  );
}
