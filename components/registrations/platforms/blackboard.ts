import type { PlatformGuide } from "./platform-guide.ts";

export const blackboard: PlatformGuide = {
  profile: "blackboard",
  name: "Blackboard",
  summary: "Learn, through the developer portal",
  menuPath: ["developer portal", "My Apps", "Register a new application", "LTI 1.3"],
  give: {
    keysetUrl: "Tool JWKS URL",
    toolUrl: "Domain(s)",
    redirectUrl: "Tool Redirect URL(s)",
  },
  switches: [
    "Signing algorithm: RS256",
    "On each site: Administrator Panel, LTI Tool Providers, Register LTI 1.3/Advantage Tool, Tool Status: Approved",
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
  watchFor:
    "One registration serves many institutions: each site that approves it has a deployment ID of its own.",
};
