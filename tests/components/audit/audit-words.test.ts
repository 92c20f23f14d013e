import { expect, test } from "vitest";
import { actionWords } from "#components/audit/audit-words.ts";

test("an act is said as one says it", () => {
  const acts = [
    "registration.update",
    "course.update_settings",
    "api_key.create",
    "sign_in.succeed",
    "sign_in.refuse",
  ];
  expect(acts.map(actionWords)).toEqual([
    "Update registration",
    "Update settings of course",
    "Create API key",
    "Sign in",
    "Refuse sign-in",
  ]);
});
