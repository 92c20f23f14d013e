import { expect, test } from "vitest";
import { readScoreCsvApart } from "#lib/operations/scores/csv/apart/read-apart.ts";
import { readScoreCsv } from "#lib/operations/scores/csv/read-score-csv.ts";

/** A file of so many characters whose rows are all the same, as one that means harm. */
const hostile = (characters: number) => `user_id,score\n${"a,1\n".repeat(characters / 4)}`;
const rows = (count: number) =>
  `user_id,score\n${Array.from({ length: count }, (_, n) => `student-${n},${n % 100}\n`).join("")}`;

test("a large file is read apart as it is read here", async () => {
  const csv = rows(20_000);
  expect(await readScoreCsvApart(csv)).toEqual(readScoreCsv(csv));
});

test("while a large file is read, other work goes on", async () => {
  await readScoreCsvApart(rows(10_000));
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 1);
  const reads = await Promise.all([1, 2, 3, 4].map(() => readScoreCsvApart(hostile(9_600_000))));
  clearInterval(counting);
  expect(turns).toBeGreaterThan(4);
  for (const { problems } of reads)
    expect(problems).toContainEqual(
      expect.objectContaining({ message: "the file has more than 50000 rows" }),
    );
});

test("beyond a short queue files are refused, and the next is read", async () => {
  const all = Array.from({ length: 12 }, () => readScoreCsvApart(hostile(400_000)));
  const settled = await Promise.allSettled(all);
  const refused = settled.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(4);
  expect(refused[0]).toMatchObject({ reason: { code: "operation.too_many_files" } });
  expect((await readScoreCsvApart(rows(10_000))).rows).toHaveLength(10_000);
});
