import { PLATFORM_NAMES } from "../names.ts";
import { COMMON_PROFILE, COMMON_WORDS, type Platform } from "../platform.ts";

export const brightspace = {
  key: "brightspace",
  name: PLATFORM_NAMES.brightspace,
  families: ["desire2learn", "brightspace", "d2l"],
  authorization: {
    tokenHost: "auth.brightspace.com",
    audiences: ["https://api.brightspace.com/auth/token"],
  },
  behaviour: {
    ...COMMON_PROFILE,
    scoreConcurrency: 1,
    notes: [
      "The audience is Brightspace's own authorization server, the same for every site.",
      "An audience with two entries is answered with status 500.",
      "Requests are limited for the whole integration.",
      "A roster lists only people who launched the tool, unless the deployment says otherwise.",
    ],
  },
  words: {
    ...COMMON_WORDS,
    name: "Brightspace",
    place: "Admin Tools, Manage Extensibility, LTI Advantage",
    keysetField: "Keyset URL",
    audienceField: "Brightspace OAuth2 Audience",
    enable: "enable the registration and its deployment",
    switches: {
      memberships: "Extensions: Names and Role Provisioning Services",
      grades: "Extensions: Assignment and Grade Services",
    },
    openCourse: "make the course offering active",
  },
  guide: {
    summary: "D2L Brightspace",
    menuPath: ["Admin Tools", "Manage Extensibility", "LTI Advantage", "Register Tool", "Standard"],
    give: {
      domain: "Domain",
      redirectUrl: "Redirect URLs",
      loginUrl: "OpenID Connect Login URL",
      launchUrl: "Target Link URI",
      keysetUrl: "Keyset URL",
    },
    switches: [
      "Extensions: Assignment and Grade Services",
      "Extensions: Names and Role Provisioning Services",
      "Registration: Enabled",
      "A deployment of the tool: Enabled, with the same extensions",
    ],
    fields: {
      clientId: { label: "Client Id" },
      jwksUrl: { label: "Brightspace Keyset URL" },
      tokenEndpoint: { label: "Brightspace OAuth2 Access Token URL" },
      authorizationEndpoint: { label: "OpenID Connect Authentication Endpoint" },
      issuer: { label: "Issuer", placeholder: "https://brightspace.example.edu" },
      deploymentIds: {
        label: "Deployment Id",
        hint: "shown after View Deployments, New Deployment",
      },
    },
    environments: [],
    dynamic: {
      menuPath: [
        "Admin Tools",
        "Manage Extensibility",
        "LTI Advantage",
        "Register Tool",
        "Dynamic",
      ],
      field: "Tool initiation registration endpoint",
      then: [
        "Enable the new registration: it is switched off at first",
        "View Deployments, New Deployment: Enabled, both extensions, and the org units it serves",
      ],
    },
    firstLaunch: [
      "In the deployment choose View Links, New Link; URL: the Target Link URI from the step before",
      "Open a course of the deployment’s org units as its instructor",
      "Content, Existing Activities, External Learning Tools, then the new link",
    ],
    watchFor: "A registration stays switched off until an administrator enables it.",
    audience: {
      choice: "custom",
      why: "Brightspace names it separately: paste “Brightspace OAuth2 Audience”.",
    },
  },
} as const satisfies Platform;
