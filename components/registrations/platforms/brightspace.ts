import type { PlatformGuide } from "./platform-guide.ts";

export const brightspace: PlatformGuide = {
  profile: "brightspace",
  name: "Brightspace",
  summary: "D2L Brightspace",
  menuPath: ["Admin Tools", "Manage Extensibility", "LTI Advantage", "Register Tool", "Standard"],
  give: {
    keysetUrl: "Keyset URL",
    toolUrl: "Target Link URI",
    redirectUrl: "Redirect URLs",
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
    deploymentIds: { label: "Deployment Id", hint: "shown after View Deployments, New Deployment" },
  },
  environments: [],
  watchFor: "A registration stays switched off until an administrator enables it.",
  audience: {
    choice: "custom",
    why: "Brightspace names it separately: paste “Brightspace OAuth2 Audience”.",
  },
};
