import { SCOPE } from "#lib/lti/scopes.ts";
import { PLATFORM_NAMES } from "../names.ts";
import { COMMON_PROFILE, COMMON_WORDS, type Platform } from "../platform.ts";

export const sakai = {
  key: "sakai",
  name: PLATFORM_NAMES.sakai,
  families: ["sakai"],
  behaviour: {
    ...COMMON_PROFILE,
    notes: ["The role filter works since 2026; it is applied here as well."],
  },
  words: {
    ...COMMON_WORDS,
    name: "Sakai",
    place: "Administration Workspace, External Tools",
    keysetField: "LTI 1.3 Tool Keyset",
    enable: "switch on Tool supports LTI 1.3",
    switches: {
      memberships: "Provide Roster to External Tool",
      grades: "Allow External Tool to return grades",
      scopes: { [SCOPE.lineItem]: "Allow External Tool to create grade columns" },
    },
    openCourse: "publish the site",
  },
  guide: {
    summary: "On your own address",
    menuPath: ["Administration Workspace", "External Tools", "Install LTI 1.x Tool"],
    give: {
      launchUrl: "Target Link URI (1.3)",
      keysetUrl: "LTI 1.3 Tool Keyset / JWK URL",
      loginUrl: "LTI 1.3 Tool OpenID Connect/Initialization Endpoint",
      redirectUrl: "LTI 1.3 Tool Redirect Endpoint(s)",
    },
    switches: [
      "Tool supports LTI 1.3",
      "Send User Names to External Tool",
      "Send Email Addresses to External Tool",
      "Provide Roster to External Tool",
      "Allow External Tool to return grades",
      "Allow External Tool to create grade columns",
    ],
    fields: {
      issuer: { label: "LTI 1.3 Platform Issuer", placeholder: "https://sakai.example.edu" },
      clientId: { label: "LTI 1.3 Client ID" },
      jwksUrl: { label: "LTI 1.3 LMS Keyset URL" },
      tokenEndpoint: { label: "LTI 1.3 LMS OAuth Token URL" },
      authorizationEndpoint: { label: "LTI 1.3 LMS OIDC Endpoint URL" },
      deploymentIds: { label: "LTI 1.3 Deployment Id", placeholder: "1" },
    },
    environments: [],
    dynamic: {
      menuPath: ["Administration Workspace", "External Tools", "LTI Advantage Auto Provision"],
      field: "the tool’s registration URL",
      then: ["Save the new tool with its services and privacy settings on"],
    },
    firstLaunch: [
      "Open a site as its maintainer: Site Info, Manage Tools, Plugin Tools, tick Rollbook",
      "Choose Rollbook in the site’s menu",
    ],
  },
} as const satisfies Platform;
