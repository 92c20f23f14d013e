import { expect, test } from "vitest";
import { memberView } from "#lib/operations/rosters/members.ts";

const AT = new Date("2026-09-01T08:00:00Z");

const row = {
  userId: "user-1",
  roles: [],
  launchRoles: [],
  status: "active" as const,
  name: "Ada Lovelace",
  givenName: "Ada",
  familyName: "Lovelace",
  middleName: null,
  picture: null,
  groupIds: "red",
  email: "ada@example.edu",
  lisPersonSourcedId: "sis-1",
  lti11LegacyUserId: "old-1",
  firstSeenAt: AT,
  lastSeenAt: AT,
  changedAt: AT,
  removedAt: null,
};

test("who may not see names sees of a member what is listed here, and nothing else", () => {
  const seen = Object.entries(memberView(row, false)).filter(([, value]) => value !== null);
  expect(Object.fromEntries(seen)).toEqual({
    userId: "user-1",
    roles: [],
    standing: "other",
    status: "active",
    groupIds: ["red"],
    firstSeenAt: AT.toISOString(),
    lastSeenAt: AT.toISOString(),
    changedAt: AT.toISOString(),
  });
});

test("who may see names sees them", () => {
  const { name, givenName, familyName, email, ...ids } = memberView(row, true);
  const { lisPersonSourcedId, lti11LegacyUserId } = ids;
  expect({
    ...{ name, givenName, familyName, email },
    ...{ lisPersonSourcedId, lti11LegacyUserId },
  }).toEqual({
    name: "Ada Lovelace",
    givenName: "Ada",
    familyName: "Lovelace",
    email: "ada@example.edu",
    lisPersonSourcedId: "sis-1",
    lti11LegacyUserId: "old-1",
  });
});
