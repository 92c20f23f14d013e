import { PLATFORM_NAMES } from "../names.ts";
import { COMMON_PROFILE, COMMON_WORDS, type Platform } from "../platform.ts";

export const other = {
  key: "other",
  name: PLATFORM_NAMES.other,
  families: [],
  behaviour: {
    ...COMMON_PROFILE,
    notes: [],
  },
  words: {
    ...COMMON_WORDS,
    name: "the platform",
    place: "the platform’s settings for this tool",
    keysetField: "public keyset (JWKS) URL",
    enable: "switch the tool on",
    switches: {
      memberships: "Names and Role Provisioning Services 2.0",
      grades: "Assignment and Grade Services 2.0",
    },
  },
  guide: {
    summary: "Anything that speaks LTI 1.3",
    menuPath: [],
    give: {
      launchUrl: "tool or target link URL",
      loginUrl: "login initiation URL",
      redirectUrl: "redirect URI",
      keysetUrl: "public keyset (JWKS) URL",
    },
    switches: [
      "Names and Role Provisioning Services 2.0, for rosters",
      "Assignment and Grade Services 2.0, for grades",
    ],
    fields: {},
    dynamic: {
      menuPath: [],
      field: "the tool’s registration URL (Dynamic Registration)",
      then: ["Activate the tool, and switch its services on, where the LMS asks for it"],
    },
    firstLaunch: [
      "Add Rollbook to a course, as the LMS adds an external tool",
      "Open it there as an instructor",
    ],
    environments: [],
  },
} as const satisfies Platform;
