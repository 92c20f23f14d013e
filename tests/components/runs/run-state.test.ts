import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { RunStateBadge } from "#components/runs/run-state.tsx";
import { noChangesWords } from "#components/rosters/change-words.ts";

test("a run that waits says until when, with the comma at its word", () => {
  const run = {
    state: "queued" as const,
    notBefore: "2026-05-04T10:30:00.000Z",
    waitReason: "the platform asked to be left alone",
    attempt: 0,
    cancelRequested: false,
  };
  const text = renderToStaticMarkup(createElement(RunStateBadge, { run })).replaceAll(
    /<[^>]*>/g,
    "",
  );
  expect(text).toBe("Waiting, goes on at 10:30:00");
});

test("while rosters are compared nothing is said of what the comparison comes to", () => {
  expect(noChangesWords(true, 0)).not.toMatch(/same/);
  expect(noChangesWords(false, 0)).toBe("The rosters are the same.");
  expect(noChangesWords(false, 3)).toMatch(/first roster/);
});
