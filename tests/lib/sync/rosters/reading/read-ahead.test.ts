import { describe, expect, test } from "vitest";
import { readAhead } from "#lib/sync/rosters/reading/read-roster.ts";

async function* pages(upTo: number, asked: number[], failAt = Infinity) {
  for (let page = 1; page <= upTo; page++) {
    asked.push(page);
    await Promise.resolve();
    if (page === failAt) throw new Error(`page ${page}`);
    yield page;
  }
}

describe("readAhead", () => {
  test("gives every page in order, and asks for one more than it gave", async () => {
    const asked: number[] = [];
    const seen: number[] = [];
    for await (const page of readAhead(pages(4, asked))) {
      seen.push(page);
      expect(asked.at(-1)).toBe(Math.min(page + 1, 4));
    }
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  test("gives the pages before one that fails, then its error", async () => {
    const seen: number[] = [];
    const walk = async () => {
      for await (const page of readAhead(pages(4, [], 3))) {
        seen.push(page);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await expect(walk()).rejects.toThrow("page 3");
    expect(seen).toEqual([1, 2]);
  });

  test("lets nobody hear of an error after who reads has stopped", async () => {
    for await (const page of readAhead(pages(4, [], 2))) {
      expect(page).toBe(1);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test("closes what it reads from when the reader stops", async () => {
    let isClosed = false;
    async function* watched() {
      try {
        yield 1;
        yield 2;
      } finally {
        isClosed = true;
      }
    }
    for await (const page of readAhead(watched())) if (page === 1) break;
    expect(isClosed).toBe(true);
  });
});
