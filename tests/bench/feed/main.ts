import { runBenches } from "../support/run.ts";
import { benchFeedCost } from "./cost.ts";
import { benchFirstLoad } from "./first-load.ts";
import { benchKilledConsumer } from "./killed.ts";

/** The change feed: `npm run bench:feed -- cost 8`; `killed` and `first-load` want the built product. */
await runBenches(
  { cost: benchFeedCost, killed: benchKilledConsumer, "first-load": benchFirstLoad },
  8,
);
