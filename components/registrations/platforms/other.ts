import type { PlatformGuide } from "./platform-guide.ts";

export const other: PlatformGuide = {
  profile: "other",
  name: "Other platform",
  summary: "Anything that speaks LTI 1.3",
  menuPath: [],
  give: {
    keysetUrl: "public keyset (JWKS) URL",
    toolUrl: "tool or target link URL",
    redirectUrl: "redirect URI",
  },
  switches: [
    "Names and Role Provisioning Services 2.0, for rosters",
    "Assignment and Grade Services 2.0, for grades",
  ],
  fields: {},
  environments: [],
};
