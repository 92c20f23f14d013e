import { COLLEGE } from "../courses.ts";
import { COLLEGE_CLIENT_ID, furnished, learnersOf, shrinkRoster } from "../furnish-platform.ts";
import type { College } from "./college.ts";
import type { HistoryDemo } from "./demo.ts";

const clientId = COLLEGE_CLIENT_ID;

/** What happened on the platform before the night so many days ago. */
export async function happen({ platform, made }: HistoryDemo, day: number): Promise<void> {
  const misbehave = (fault: object) => platform.tell("misbehave", { clientId, ...fault });
  if (day % 4 === 1) await changeRoster(platform, day);
  if (day === 21) await misbehave({ kind: "forbidden", contextId: COLLEGE.steady, times: 1 });
  if (day === 13) await misbehave({ kind: "token_error", times: 1 });
  if (day === 6) {
    const learners = await learnersOf(platform, COLLEGE.graded);
    const lineItem = furnished(made, COLLEGE.graded).lineItems[0]!.url;
    for (const userId of [learners[5], learners[12]])
      await misbehave({ kind: "ungradable_user", as: "canvas_422", lineItem, userId });
  }
  // A section was closed by mistake.
  if (day === 0) await shrinkRoster(platform, COLLEGE.shrinking);
}

/** Somebody comes, and somebody leaves. */
async function changeRoster(platform: HistoryDemo["platform"], day: number): Promise<void> {
  const [leaves] = await learnersOf(platform, COLLEGE.steady);
  const came = [1, 2].map((each) => ({
    userId: `came-late-${day}-${each}`,
    name: `Guest ${31 - day}.${each}`,
  }));
  const remove = leaves === undefined ? [] : [leaves];
  await platform.tell("changeRoster", { contextId: COLLEGE.steady, add: came, remove });
}

/** Teachers changed two of the grades that were sent. */
export async function overrideResults(
  { platform }: HistoryDemo,
  { column }: College,
): Promise<void> {
  const learners = await learnersOf(platform, COLLEGE.graded);
  for (const [place, resultScore] of [
    [2, 19],
    [8, 3.5],
  ] as const)
    await platform.tell("overrideResult", {
      lineItem: column.url,
      userId: learners[place],
      resultScore,
    });
}
