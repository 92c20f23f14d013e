import type { Metadata } from "next";
import { pageCaller } from "../_server/caller.ts";
import { pauseAll } from "./actions.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { OverviewBoard } from "#components/overview/overview-board.tsx";
import { getOverview } from "#lib/operations/system/overview.ts";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const caller = await pageCaller();
  return (
    <FirstPaint reads={[{ path: "/api/v1/overview", data: await getOverview(caller) }]}>
      <OverviewBoard pauseEverything={pauseAll} />
    </FirstPaint>
  );
}
