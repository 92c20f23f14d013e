import { expect, test } from "vitest";
import { CodedError } from "#lib/errors.ts";
import { loggable } from "#lib/loggable.ts";

class Refused extends CodedError {
  readonly code = "test.refused" as const;
  readonly excerpt = "what a platform said";
}

test("an error says what caused it, down to the first", () => {
  const first = new TypeError("connection refused");
  expect(loggable(new Error("cannot read", { cause: first }))).toMatchObject({
    message: "cannot read",
    cause: { name: "TypeError", message: "connection refused" },
  });
});

test("what is thrown and is no Error is told by its kind, code and message alone", () => {
  class ErrorEvent {
    message = "socket hang up";
    code = "ECONNRESET";
    body = "a person's name";
  }
  expect(loggable(new ErrorEvent())).toEqual({
    thrown: "ErrorEvent",
    code: "ECONNRESET",
    message: "socket hang up",
  });
  expect(loggable("gone")).toBe("thrown: gone");
  expect(loggable(undefined)).toBe("thrown: undefined");
});

test("of our own errors the log gets code and message, not what a platform said", () => {
  const refused = new Refused("no");
  expect(loggable(refused)).toEqual({ code: "test.refused", message: "no" });
});
