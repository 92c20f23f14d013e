import { PLATFORM_NAMES } from "../names.ts";
import { COMMON_PROFILE, COMMON_WORDS, type Platform } from "../platform.ts";

export const blackboard = {
  key: "blackboard",
  name: PLATFORM_NAMES.blackboard,
  families: ["blackboard"],
  behaviour: {
    ...COMMON_PROFILE,
    notes: [
      "One registration serves many deployments.",
      "The messages of a resource link arrive as one object instead of a list.",
    ],
  },
  words: {
    ...COMMON_WORDS,
    name: "Blackboard",
    place: "Administrator Panel, LTI Tool Providers",
    keysetField: "Tool JWKS URL",
    enable: "set Tool Status to Approved",
    switches: {
      memberships: "Allow Membership Service Access: Yes",
      grades: "Allow grade service access: Yes",
    },
    openCourse: "make the course available",
  },
  guide: {
    summary: "Learn, through the developer portal",
    menuPath: ["developer portal", "My Apps", "Register a new application", "LTI 1.3"],
    give: {
      domain: "Domain(s)",
      loginUrl: "Login Initiation URL",
      redirectUrl: "Tool Redirect URL(s)",
      keysetUrl: "Tool JWKS URL",
    },
    switches: [
      "Signing algorithm: RS256",
      "On each site: Administrator Panel, LTI Tool Providers, Register LTI 1.3/Advantage Tool, Tool Status: Approved",
      "User fields to send: Role in Course, Name, Email Address",
      "Allow grade service access: Yes",
      "Allow Membership Service Access: Yes",
    ],
    fields: {
      clientId: {
        label: "Application ID",
        hint: "also called Client ID on the site; not the application key",
        placeholder: "fe3ebd13-39a4-42c4-8b83-194f08e77f8a",
      },
      jwksUrl: {
        label: "Public keyset URL",
        hint: "ends in your Application ID and /jwks.json",
        placeholder:
          "https://developer.blackboard.com/api/v1/management/applications/<Application ID>/jwks.json",
      },
      tokenEndpoint: { label: "Auth token endpoint" },
      authorizationEndpoint: { label: "OIDC auth request endpoint" },
      deploymentIds: {
        label: "Deployment ID",
        hint: "one for each Learn site, shown when the site approves the tool",
      },
    },
    environments: [
      {
        key: "hosted",
        name: "Blackboard Learn",
        values: {
          issuer: "https://blackboard.com",
          tokenEndpoint: "https://developer.blackboard.com/api/v1/gateway/oauth2/jwttoken",
          authorizationEndpoint: "https://developer.blackboard.com/api/v1/gateway/oidcauth",
        },
      },
    ],
    firstLaunch: [
      "On the site: Administrator Panel, LTI Tool Providers, the tool’s menu, Manage Placements, Create Placement",
      "Type: Course tool; Target Link URI: the Tool Redirect URL from the step before",
      "Open a course as its instructor: Details & Actions, Books & Tools, Rollbook",
    ],
    watchFor:
      "One registration serves many institutions: each site that approves it has a deployment ID of its own.",
  },
} as const satisfies Platform;
