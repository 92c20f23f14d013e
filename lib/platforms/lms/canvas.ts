import { SCOPE } from "#lib/lti/scopes.ts";
import { PLATFORM_NAMES } from "../names.ts";
import { COMMON_PROFILE, COMMON_WORDS, type Environment, type Platform } from "../platform.ts";

const hosted = (key: string, name: string, canvas: string, sso: string): Environment => ({
  key,
  name,
  values: {
    issuer: `https://${canvas}`,
    tokenEndpoint: `https://${sso}/login/oauth2/token`,
    authorizationEndpoint: `https://${sso}/api/lti/authorize_redirect`,
    jwksUrl: `https://${sso}/api/lti/security/jwks`,
  },
});

export const canvas = {
  key: "canvas",
  name: PLATFORM_NAMES.canvas,
  families: ["canvas"],
  hosting: {
    issuers: [
      "https://canvas.instructure.com",
      "https://canvas.beta.instructure.com",
      "https://canvas.test.instructure.com",
    ],
    domains: ["instructure.com", "canvaslms.com"],
  },
  behaviour: {
    ...COMMON_PROFILE,
    pageLimit: 50,
    scoreConcurrency: 1,
    makesSubmissions: true,
    notes: [
      "Pages hold 50 members at most, whatever is asked for.",
      "Parallel requests cost more of the allowance than the same ones in a row.",
      "Every score makes a new submission attempt unless the submission extension says otherwise.",
      "An invalid signature means that Canvas could not fetch our JWKS, or found another kid.",
    ],
  },
  words: {
    ...COMMON_WORDS,
    name: "Canvas",
    place: "Admin, Developer Keys",
    keysetField: "Public JWK URL",
    enable: "set the key’s State to On",
    switches: {
      memberships: "Can retrieve user data associated with the context the tool is installed in",
      grades: "Can create and update submission results for assignments associated with the tool",
      scopes: {
        [SCOPE.lineItem]:
          "Can create and view assignment data in the gradebook associated with the tool",
        [SCOPE.lineItemReadonly]:
          "Can view assignment data in the gradebook associated with the tool",
        [SCOPE.resultReadonly]: "Can view submission data for assignments associated with the tool",
      },
    },
    addToCourse: "install the app in the course (Settings, Apps), or in its account",
    openCourse: "publish the course",
  },
  guide: {
    summary: "Hosted by Instructure, or your own",
    menuPath: ["Admin", "your account", "Developer Keys", "+ Developer Key", "+ LTI Key"],
    give: {
      redirectUrl: "Redirect URIs",
      launchUrl: "Target Link URI",
      loginUrl: "OpenID Connect Initiation Url",
      keysetUrl: "Public JWK URL (JWK Method: Public JWK URL)",
    },
    switches: [
      "Can create and view assignment data in the gradebook associated with the tool",
      "Can view assignment data in the gradebook associated with the tool",
      "Can view submission data for assignments associated with the tool",
      "Can create and update submission results for assignments associated with the tool",
      "Can retrieve user data associated with the context the tool is installed in",
      "Placements: Course Navigation",
      "Privacy Level (under Additional Settings): Public",
      "State of the key: On",
    ],
    fields: {
      clientId: {
        label: "Client ID",
        hint: "the long number under Details on the Developer Keys page",
        placeholder: "10000000000042",
      },
      deploymentIds: {
        label: "Deployment Id",
        hint: "Settings, Apps, View App Configurations, then Deployment Id in the app’s gear menu",
        placeholder: "7:8865aa05b4b79b64a91a86042e43af5ea8ae79eb",
      },
      issuer: { hint: "the same for every account that Instructure hosts" },
    },
    environments: [
      hosted("production", "Production", "canvas.instructure.com", "sso.canvaslms.com"),
      hosted("beta", "Beta", "canvas.beta.instructure.com", "sso.beta.canvaslms.com"),
      hosted("test", "Test", "canvas.test.instructure.com", "sso.test.canvaslms.com"),
    ],
    sitePaths: {
      issuer: "",
      tokenEndpoint: "/login/oauth2/token",
      authorizationEndpoint: "/api/lti/authorize_redirect",
      jwksUrl: "/api/lti/security/jwks",
    },
    dynamic: {
      menuPath: ["Admin", "your account", "Apps", "Manage", "Install a New App"],
      field: "Dynamic Registration URL (Install Method: Dynamic Registration)",
      then: [
        "Confirm the permissions, the placement Course Navigation and the privacy level Public",
        "Set the app available for the account or sub-account whose courses it serves",
      ],
    },
    firstLaunch: [
      "Install the app once with its client ID: Settings, Apps, View App Configurations, + App, Configuration Type: By Client ID",
      "Open any published course as an instructor or admin",
      "In the course’s navigation choose Rollbook",
    ],
    watchFor:
      "The issuer is the same for every Canvas that Instructure hosts, so the client ID tells your customers apart.",
  },
} as const satisfies Platform;
