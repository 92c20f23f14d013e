import { describe, expect, test } from "vitest";
import {
  afterLaunch,
  announcedAddresses,
  contextEndpoint,
  endpointsFromClaims,
  isOffered,
  SCOPE,
  scopesFor,
  serviceOfScope,
} from "#lib/lti/index.ts";

const NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
const AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
const ROSTER = { context_memberships_url: "https://lms.example.edu/c/1/members" };
const GRADES = { lineitems: "https://lms.example.edu/c/1/line_items", scope: [SCOPE.score] };
const NO_GROUPS = { groupsUrl: null, groupSetsUrl: null };
const EMPTY = {
  membershipsUrl: null,
  lineItemsUrl: null,
  lineItemUrl: null,
  ...NO_GROUPS,
  scopes: [],
};

const read = (claims: Record<string, unknown>) => endpointsFromClaims(claims);

describe("a launch", () => {
  test("gives every address that its claims have", () => {
    expect(announcedAddresses(read({ [NRPS]: ROSTER, [AGS]: GRADES }))).toEqual({
      membershipsUrl: ROSTER.context_memberships_url,
      lineItemsUrl: GRADES.lineitems,
      lineItemUrl: null,
      ...NO_GROUPS,
    });
  });

  test("adds addresses and scopes, the roster's own where none was announced for it", () => {
    const after = afterLaunch(EMPTY, read({ [NRPS]: ROSTER, [AGS]: GRADES }));
    expect(after).toEqual({
      membershipsUrl: ROSTER.context_memberships_url,
      lineItemsUrl: GRADES.lineitems,
      lineItemUrl: null,
      ...NO_GROUPS,
      scopes: [SCOPE.score, SCOPE.memberships],
    });
  });

  test("keeps the addresses and scopes of a service that it leaves out", () => {
    const before = afterLaunch(EMPTY, read({ [NRPS]: ROSTER, [AGS]: GRADES }));
    const moved = { ...GRADES, lineitems: "https://lms.example.edu/moved", scope: SCOPE.lineItem };
    expect(afterLaunch(before, read({ [AGS]: moved }))).toEqual({
      ...before,
      lineItemsUrl: moved.lineitems,
      scopes: [SCOPE.lineItem, SCOPE.memberships],
    });
  });

  test("gives a single line item only to a context without a list of them", () => {
    const single = { lineitem: "https://lms.example.edu/c/1/line_items/7", scope: [SCOPE.score] };
    const without = afterLaunch(EMPTY, read({ [AGS]: single }));
    expect(without.lineItemUrl).toBe(single.lineitem);
    const withList = afterLaunch(EMPTY, read({ [AGS]: { ...GRADES, ...single } }));
    expect(withList.lineItemUrl).toBeNull();
    expect(afterLaunch(withList, read({ [AGS]: single })).lineItemUrl).toBeNull();
  });
});

describe("the endpoint of a context that is kept", () => {
  const kept = { membershipsUrl: "https://lms.example.edu/m", scopes: [SCOPE.score] };

  test("has the scopes announced for its service, or the service's own", () => {
    const announced = "https://purl.imsglobal.org/spec/lti-nrps/scope/all";
    const wider = { ...kept, scopes: [SCOPE.score, announced] };
    expect(scopesFor(contextEndpoint(kept, "memberships")!)).toEqual([SCOPE.memberships]);
    expect(scopesFor(contextEndpoint(wider, "memberships")!)).toEqual([announced]);
  });

  test("is none where the platform gave no address for it", () => {
    expect(isOffered(kept, "memberships")).toBe(true);
    expect(isOffered(kept, "grades")).toBe(false);
    expect(contextEndpoint(kept, "grades", [SCOPE.score])).toBeUndefined();
  });
});

test("every scope of the library belongs to one service, and no other scope does", () => {
  const services = Object.values(SCOPE).map(serviceOfScope);
  expect(new Set(services)).toEqual(new Set(["memberships", "grades", "groups", "notices"]));
  expect(serviceOfScope("https://lms.example.edu/scope/own")).toBeUndefined();
});
