import type { Metadata } from "next";
import { pageCaller } from "../_server/caller.ts";
import { prefetch, type SearchParams } from "../_server/prefetch.ts";
import { pauseAll } from "./actions.ts";
import { syncRoster } from "./courses/[courseId]/actions.ts";
import { discard } from "./holds/[holdId]/actions.ts";
import {
  approveDeployment,
  approveOrigin,
  syncAllRosters,
} from "./registrations/[registrationId]/actions.ts";
import { retryFailed } from "./runs/[runId]/actions.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { OverviewBoard } from "#components/overview/overview-board.tsx";
import { periodOf } from "#components/overview/activity/periods.ts";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller();
  const asked = (await props.searchParams)["period"];
  const period = periodOf(typeof asked === "string" ? asked : null);
  const [overview, activity] = await Promise.all([
    prefetch(caller, reads.overview({})),
    prefetch(caller, reads.activity({ period })),
  ]);
  return (
    <Prefetched reads={[overview, activity]}>
      <OverviewBoard
        pauseEverything={pauseAll}
        acts={{
          retryRun: retryFailed,
          keepEverybody: discard,
          syncRosters: syncAllRosters,
          syncRoster,
          approveDeployment,
          approveOrigin,
        }}
      />
    </Prefetched>
  );
}
