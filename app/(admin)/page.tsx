import type { Metadata } from "next";
import { pageCaller } from "../_server/caller.ts";
import { prefetch } from "../_server/prefetch.ts";
import { pauseAll } from "./actions.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { OverviewBoard } from "#components/overview/overview-board.tsx";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const caller = await pageCaller();
  return (
    <Prefetched reads={[await prefetch(caller, reads.overview({}))]}>
      <OverviewBoard pauseEverything={pauseAll} />
    </Prefetched>
  );
}
