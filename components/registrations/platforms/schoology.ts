import type { PlatformGuide } from "./platform-guide.ts";

export const schoology: PlatformGuide = {
  profile: "schoology",
  name: "Schoology",
  summary: "PowerSchool Schoology Learning",
  menuPath: ["App Center", "Organization Apps", "Add App", "Type of App: LTI 1.3 App"],
  give: {
    keysetUrl: "JWKS URL (Public key type: Keyset URL)",
    toolUrl: "Domain/URL",
    redirectUrl: "Redirect URLs",
  },
  switches: ["Assignments and Grade Services", "Names and Roles Services"],
  fields: {
    clientId: { label: "Client ID", hint: "the app’s Options, API Info" },
    deploymentIds: { label: "Deployment ID" },
  },
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
};
