import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readBlackout } from "#lib/operations/schedules/blackout-text.ts";

const Text = z.string().transform(readBlackout);

describe("a blackout as people write it", () => {
  test.each([
    ["Mon-Fri 08:00-18:00", { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" }],
    ["Sat, Sunday 22:00 – 6:00", { days: [6, 7], from: "22:00", to: "06:00" }],
    ["fri-mon 9:30-10:00", { days: [5, 6, 7, 1], from: "09:30", to: "10:00" }],
    ["2026-12-19 to 2027-01-06", { firstDay: "2026-12-19", lastDay: "2027-01-06" }],
    ["2026-12-19 - 2027-01-06", { firstDay: "2026-12-19", lastDay: "2027-01-06" }],
    ["2026-12-24", { firstDay: "2026-12-24", lastDay: "2026-12-24" }],
    ["every day 00:00-01:00", { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "01:00" }],
  ])("is read: %s", (text, blackout) => {
    expect(Text.parse(text)).toEqual(blackout);
  });

  test.each([
    [
      "weekends",
      "write days and times or dates, such as Mon-Fri 08:00-18:00, or 2026-12-19 to 2027-01-06",
    ],
    ["Mon-Fry 08:00-18:00", "“Mon-Fry” is no day: Mon, Tue, Wed, …"],
    ["", "write days and times or dates, such as Mon-Fri 08:00-18:00, or 2026-12-19 to 2027-01-06"],
  ])("is refused with what to write: %s", (text, words) => {
    expect(Text.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([words]);
  });
});
