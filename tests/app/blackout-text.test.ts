import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readBlackout } from "../../app/(admin)/schedules/blackout-text.ts";

const Text = z.string().transform(readBlackout);

describe("a blackout as people write it", () => {
  test.each([
    ["Mon-Fri 08:00-18:00", { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" }],
    ["Sat, Sunday 22:00 – 6:00", { days: [6, 7], from: "22:00", to: "06:00" }],
    ["fri-mon 9:30-10:00", { days: [5, 6, 7, 1], from: "09:30", to: "10:00" }],
    ["every day 00:00-01:00", { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "01:00" }],
  ])("is read: %s", (text, blackout) => {
    expect(Text.parse(text)).toEqual(blackout);
  });

  test.each([
    ["weekends", "write days and times, such as Mon-Fri 08:00-18:00"],
    ["Mon-Fry 08:00-18:00", "“Mon-Fry” is no day: Mon, Tue, Wed, …"],
    ["", "write days and times, such as Mon-Fri 08:00-18:00"],
  ])("is refused with what to write: %s", (text, words) => {
    expect(Text.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([words]);
  });
});
