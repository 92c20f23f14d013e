import { describe, expect, test, vi } from "vitest";
import { CodedError, isCodedError } from "#lib/errors.ts";

class Odd extends CodedError {
  readonly code = "test.odd" as const;
}

describe("isCodedError", () => {
  test("knows an error that another copy of the class threw, as the built server has them", async () => {
    vi.resetModules();
    const copy = await import("#lib/errors.ts");

    expect(copy.CodedError).not.toBe(CodedError);
    expect(copy.isCodedError(new Odd("an odd thing"))).toBe(true);
  });

  test("does not take just any error with a code for ours", () => {
    expect(isCodedError(Object.assign(new Error("no such file"), { code: "ENOENT" }))).toBe(false);
    expect(isCodedError({ code: "test.odd" })).toBe(false);
  });

  test("keeps its mark out of what is told of an error", () => {
    expect(Object.keys(new Odd("an odd thing"))).not.toContain("brand");
    expect(JSON.parse(JSON.stringify(new Odd("an odd thing")))).toEqual({
      code: "test.odd",
      name: "Odd",
    });
  });
});
