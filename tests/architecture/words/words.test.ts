import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceFiles } from "../imports.ts";
import { readWords, renderWords } from "./page.ts";

/** Tables by a state that are no label of it: sentences, verbs, looks, what only one place shows. */
const NO_LABELS: Record<string, string> = {
  "components/gradebook/cell-words.ts": "a cell joins what is wanted, sent and proven",
  "components/holds/hold-words.ts": "verbs: would remove, removed",
  "components/launch/launched-run.tsx": "sentences for an instructor in the LMS",
  "components/registrations/page/token-card.tsx": "sentences about the token",
  "components/registrations/test/test-words.ts": "the verdict of a whole test",
  "components/rosters/change-kind.tsx": "what became of one change",
  "components/rosters/change-words.ts": "kinds of a change, done and planned",
  "components/runs/page/run-steps.tsx": "steps of a run, which the API does not have",
  "components/tokens/token-scopes.tsx": "scopes of a token",
  "components/wizard/invitation/invitation-link.tsx": "sentences about the link",
};

test("docs/words.md says what the code says", async () => {
  expect(await readWords(), "run npx tsx tests/architecture/words/write-page.ts").toBe(
    await renderWords(),
  );
});

test("a state has its word in one table alone", () => {
  const byState = /(?:Record|Table)<[^>]*(?:State\b|\["(?:state|status|verdict)"\])[^>]*>/;
  const found = sourceFiles("components")
    .filter((file) => !file.startsWith("components/states/"))
    .filter((file) => byState.test(readFileSync(file, "utf8")));
  expect(found.filter((file) => !(file in NO_LABELS))).toEqual([]);
});

test("a filter offers a state under the word that the state has", () => {
  const wrong = sourceFiles("components").flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [
      ...text.matchAll(/\{ value: "(succeeded|partly_succeeded|queued|degraded)", label/g),
    ].map(([, state]) => `${file}: ${state}`);
  });
  expect(wrong).toEqual([]);
});

test("no word stands before a time that cannot bear it: “from in 59 min”, “since 3 d ago”", () => {
  const before = /\b(?:from|since|until|before|after|at|in)(?:\{" "\}|\s)+<RelativeTime/;
  expect(
    sourceFiles("components").filter((file) => before.test(readFileSync(file, "utf8"))),
  ).toEqual([]);
});

test("a person's address is an E-mail everywhere", () => {
  const shown =
    /(?:label|header|placeholder|title): ?"[^"]*\bEmail\b|>[^<{]*\bEmail\b|="[^"]*\bEmail\b[^"]*"/;
  expect(
    sourceFiles("components").filter((file) => shown.test(readFileSync(file, "utf8"))),
  ).toEqual([]);
});
