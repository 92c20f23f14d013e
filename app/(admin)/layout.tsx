import type { ReactNode } from "react";
import { pageCaller } from "../_server/caller.ts";
import { prefetch } from "../_server/prefetch.ts";
import { currentOperator } from "../_server/session/session.ts";
import { askPasskeyAgain, proveAgain } from "../(auth)/login/again/actions.ts";
import { leave, removeDemo, resumeAll } from "./actions.ts";
import { Providers } from "#components/layout/providers.tsx";
import { Shell } from "#components/layout/shell.tsx";
import { SystemBanner } from "#components/layout/system-banner.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { openHolds, reads } from "#components/live/reads.ts";
import { rightsOf } from "#lib/operations/permit.ts";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const operator = await currentOperator();
  // A page sends on by itself who is not signed in, or has to set something up first: it knows
  // where to come back to.
  if (!operator || operator.session?.mustSetUp) return children;
  const caller = await pageCaller();
  const renderedAt = caller.now().getTime();
  const [system, holds] = await Promise.all([
    prefetch(caller, reads.system({})),
    prefetch(caller, openHolds()),
  ]);
  return (
    <Providers
      renderedAt={renderedAt}
      rights={rightsOf(operator)}
      proving={{ prove: proveAgain, askPasskey: askPasskeyAgain }}
    >
      <Prefetched reads={[system, holds]}>
        <Shell
          operator={{ name: operator.name, email: operator.email }}
          version={system.data.version}
          signOut={leave}
          banner={<SystemBanner removeDemoData={removeDemo} resumeEverything={resumeAll} />}
        >
          {children}
        </Shell>
      </Prefetched>
    </Providers>
  );
}
