import type { ReactNode } from "react";
import { pageCaller } from "../_server/caller.ts";
import { currentOperator } from "../_server/session.ts";
import { leave, removeDemo, resumeAll } from "./actions.ts";
import { Providers } from "#components/layout/providers.tsx";
import { Shell } from "#components/layout/shell.tsx";
import { OPEN_HOLDS } from "#components/holds/open-holds.ts";
import { SystemBanner } from "#components/layout/system-banner.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { listHolds } from "#lib/operations/holds/holds.ts";
import { getSystem } from "#lib/operations/system/system.ts";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const operator = await currentOperator();
  // A page sends visitors to sign in by itself: it knows where to come back to.
  if (!operator) return children;
  const caller = await pageCaller();
  const [system, holds] = await Promise.all([
    getSystem(caller),
    listHolds(caller, OPEN_HOLDS.query),
  ]);
  return (
    <Providers renderedAt={caller.now().getTime()}>
      <FirstPaint
        reads={[
          { path: "/api/v1/system", data: system },
          { ...OPEN_HOLDS, data: holds },
        ]}
      >
        <Shell
          operator={{ name: operator.name, email: operator.email }}
          version={system.version}
          signOut={leave}
          banner={<SystemBanner removeDemoData={removeDemo} resumeEverything={resumeAll} />}
        >
          {children}
        </Shell>
      </FirstPaint>
    </Providers>
  );
}
