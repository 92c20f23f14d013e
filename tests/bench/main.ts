import { benchGrades } from "./grades.ts";
import { benchLists } from "./lists.ts";
import { benchRosters } from "./rosters.ts";
import { benchSearch } from "./search.ts";
import { runBenches } from "./support/run.ts";

await runBenches(
  { grades: benchGrades, rosters: benchRosters, lists: benchLists, search: benchSearch },
  5,
);
