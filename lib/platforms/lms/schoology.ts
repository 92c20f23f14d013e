import { PLATFORM_NAMES } from "../names.ts";
import { COMMON_PROFILE, COMMON_WORDS, type Platform } from "../platform.ts";

export const schoology = {
  key: "schoology",
  name: PLATFORM_NAMES.schoology,
  families: ["schoology"],
  behaviour: {
    ...COMMON_PROFILE,
    pageLimit: 100,
    notes: [],
  },
  words: {
    ...COMMON_WORDS,
    name: "Schoology",
    place: "App Center, Organization Apps",
    keysetField: "JWKS URL",
    enable: "install the app for the organization",
    switches: { memberships: "Names and Roles Services", grades: "Assignments and Grade Services" },
  },
  guide: {
    summary: "PowerSchool Schoology Learning",
    menuPath: ["App Center", "Organization Apps", "Add App", "Type of App: LTI 1.3 App"],
    give: {
      keysetUrl: "JWKS URL (Public key type: Keyset URL)",
      launchUrl: "Domain/URL",
      loginUrl: "OIDC Login Init URL",
      redirectUrl: "Redirect URLs",
    },
    switches: [
      "Assignments and Grade Services",
      "Names and Roles Services",
      "Privacy: send name and email",
    ],
    fields: {
      clientId: { label: "Client ID", hint: "the app’s Options, API Info" },
      deploymentIds: { label: "Deployment ID" },
    },
    firstLaunch: [
      "In App Center choose the app, Install LTI 1.3 App, I Agree, Continue, Add to Organization",
      "Make the app available to a course, and open that course as its admin",
      "In the course’s left menu choose Rollbook",
    ],
    environments: [
      {
        key: "hosted",
        name: "Schoology",
        values: {
          issuer: "https://schoology.schoology.com",
          tokenEndpoint: "https://lti-service.svc.schoology.com/lti-service/access-token",
          authorizationEndpoint:
            "https://lti-service.svc.schoology.com/lti-service/authorize-redirect",
          jwksUrl: "https://lti-service.svc.schoology.com/lti-service/.well-known/jwks",
        },
      },
    ],
  },
} as const satisfies Platform;
