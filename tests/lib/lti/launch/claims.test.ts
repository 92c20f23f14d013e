import { describe, expect, test } from "vitest";
import { isSignedByConsumer, parseLaunchMessage } from "#lib/lti/index.ts";
import { claim } from "#tests/support/launching.ts";

const BASIC_OUTCOME = "https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome";

const launch = (claims: Record<string, unknown> = {}) =>
  parseLaunchMessage({
    sub: "user-7",
    [claim("message_type")]: "LtiResourceLinkRequest",
    [claim("version")]: "1.3.0",
    [claim("deployment_id")]: "1",
    [claim("target_link_uri")]: "https://tool.example.edu/essay",
    [claim("resource_link")]: { id: "link-1", title: "Essay", description: "Two pages" },
    [claim("roles")]: [],
    ...claims,
  });

/** As Moodle 4.5 and Canvas write it, put together. */
const FULL = {
  name: "Grace Brewster Hopper",
  given_name: "Grace",
  middle_name: "Brewster",
  family_name: "Hopper",
  email: "grace@example.edu",
  picture: "https://lms.example.edu/grace.png",
  locale: "en-GB",
  [claim("context")]: {
    id: "course-1",
    title: "Biology",
    label: "BIO-1",
    type: ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
  },
  [claim("custom")]: { chapter: "3", canvas_user_id: 42, is_root: true, group: null, empty: "" },
  [claim("lis")]: {
    person_sourcedid: "sis:1",
    course_offering_sourcedid: "sis:2",
    course_section_sourcedid: 3,
  },
  [BASIC_OUTCOME]: {
    lis_result_sourcedid: '{"data":{"instanceid":"2"}}',
    lis_outcome_service_url: "https://lms.example.edu/mod/lti/service.php",
  },
  [claim("launch_presentation")]: {
    document_target: "iframe",
    width: "640",
    height: 480,
    return_url: "https://lms.example.edu/return?course=2",
    locale: "en",
  },
  [claim("tool_platform")]: {
    guid: "f1b2",
    name: "Example University",
    description: "The university's Moodle",
    url: "https://lms.example.edu",
    contact_email: "lms@example.edu",
    product_family_code: "moodle",
    version: 2024100700,
  },
  [claim("role_scope_mentor")]: ["user-8", "user-9"],
  [claim("lti1p1")]: {
    user_id: "34212",
    context_id: "ctx-1p1",
    resource_link_id: "link-1p1",
    tool_consumer_instance_guid: "guid-1p1",
    oauth_consumer_key: "179248902",
    oauth_consumer_key_sign: "lWd54kFo5qU7xshAna6v8BwoBm6tmUjc6GTax6+12ps=",
  },
};

test("a launch gives every claim of LTI Core 1.3 §5 as a value (§5.3, §5.4)", () => {
  expect(launch(FULL)).toEqual({
    type: "LtiResourceLinkRequest",
    deploymentId: "1",
    targetLinkUri: "https://tool.example.edu/essay",
    userId: "user-7",
    name: "Grace Brewster Hopper",
    givenName: "Grace",
    middleName: "Brewster",
    familyName: "Hopper",
    email: "grace@example.edu",
    picture: "https://lms.example.edu/grace.png",
    locale: "en-GB",
    roles: [],
    resourceLink: { id: "link-1", title: "Essay", description: "Two pages" },
    context: {
      contextId: "course-1",
      title: "Biology",
      label: "BIO-1",
      types: ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
    },
    endpoints: {},
    custom: { chapter: "3", canvas_user_id: "42", is_root: "true", empty: "" },
    lis: {
      personSourcedId: "sis:1",
      courseOfferingSourcedId: "sis:2",
      courseSectionSourcedId: "3",
    },
    basicOutcome: {
      resultSourcedId: '{"data":{"instanceid":"2"}}',
      outcomeServiceUrl: "https://lms.example.edu/mod/lti/service.php",
    },
    launchPresentation: {
      documentTarget: "iframe",
      width: 640,
      height: 480,
      returnUrl: "https://lms.example.edu/return?course=2",
      locale: "en",
    },
    toolPlatform: {
      guid: "f1b2",
      name: "Example University",
      description: "The university's Moodle",
      url: "https://lms.example.edu",
      contactEmail: "lms@example.edu",
      productFamilyCode: "moodle",
      version: "2024100700",
    },
    roleScopeMentor: ["user-8", "user-9"],
    lti1p1: {
      userId: "34212",
      contextId: "ctx-1p1",
      resourceLinkId: "link-1p1",
      toolConsumerInstanceGuid: "guid-1p1",
      oauthConsumerKey: "179248902",
      oauthConsumerKeySign: "lWd54kFo5qU7xshAna6v8BwoBm6tmUjc6GTax6+12ps=",
    },
  });
});

test("a launch with the required claims alone has no other values", () => {
  const { custom, roleScopeMentor, ...message } = launch();
  expect([custom, roleScopeMentor]).toEqual([{}, []]);
  const told = Object.entries(message).filter(([, value]) => value !== undefined);
  expect(told.map(([name]) => name).sort()).toEqual(
    [
      "type",
      "deploymentId",
      "targetLinkUri",
      "userId",
      "roles",
      "resourceLink",
      "endpoints",
    ].sort(),
  );
});

const OPTIONAL = [
  ...["custom", "lis", "launch_presentation", "tool_platform", "role_scope_mentor", "lti1p1"].map(
    claim,
  ),
  claim("lti11_legacy_user_id"),
  BASIC_OUTCOME,
  ...["name", "given_name", "family_name", "middle_name", "email", "picture", "locale"],
];

describe.each(OPTIONAL)("the optional claim %s", (name) => {
  test.each([
    ["null", null],
    ["text", "%"],
    ["a number", 7],
    ["a list", [null, {}]],
    ["{}", {}],
  ])("refuses no launch when it is %s", (_what, value) => {
    expect(launch({ [name]: value })).toMatchObject({ userId: "user-7", deploymentId: "1" });
  });
});

test("what a platform must not make a page link to is left out", () => {
  const script = "javascript:alert(1)";
  const message = launch({
    picture: script,
    [claim("launch_presentation")]: { return_url: script, document_target: "popup", width: null },
    [claim("tool_platform")]: { url: script },
    [BASIC_OUTCOME]: { lis_outcome_service_url: script },
  });
  expect(JSON.stringify(message)).not.toContain("javascript");
  expect(message.launchPresentation?.documentTarget).toBeUndefined();
});

describe("LTI 1.1 migration", () => {
  // The example of the migration guide, signed with its secret.
  const claims = {
    nonce: "172we8671fd8z",
    iat: 1551290796,
    exp: 1551290856,
    iss: "https://lmsvendor.com",
    aud: "PM48OJSfGDTAzAo",
    sub: "3",
    [claim("deployment_id")]: "689302",
    [claim("lti1p1")]: FULL[claim("lti1p1") as keyof typeof FULL],
  };

  test("takes the signature of the guide's own example", () => {
    expect(isSignedByConsumer(claims, "my-lti11-secret")).toBe(true);
    expect(isSignedByConsumer({ ...claims, aud: [claims.aud] }, "my-lti11-secret")).toBe(true);
  });

  test.each([
    ["another secret", {}, "another"],
    ["another deployment", { [claim("deployment_id")]: "1" }, "my-lti11-secret"],
    ["another issuer", { iss: "https://evil.example.edu" }, "my-lti11-secret"],
    ["another client ID", { aud: "another" }, "my-lti11-secret"],
    ["another time of expiry", { exp: 1551290857 }, "my-lti11-secret"],
    ["another nonce", { nonce: "again" }, "my-lti11-secret"],
    ["no nonce", { nonce: undefined }, "my-lti11-secret"],
    ["no signature", { [claim("lti1p1")]: { oauth_consumer_key: "1" } }, "my-lti11-secret"],
    ["no claim", { [claim("lti1p1")]: undefined }, "my-lti11-secret"],
  ])("refuses it with %s", (_what, changes, secret) => {
    expect(isSignedByConsumer({ ...claims, ...changes }, secret)).toBe(false);
  });

  test("takes the user's old ID from the claim that says nothing else", () => {
    expect(launch({ [claim("lti11_legacy_user_id")]: "1234" }).lti1p1).toEqual({ userId: "1234" });
  });
});
