import type { PlatformProfileKey } from "./profiles.ts";
import { SCOPE } from "#lib/lti/scopes.ts";

/** What one LMS calls what a fix must name; written to stand inside a sentence. */
export type PlatformWords = {
  name: string;
  /** Where an administrator finds the entry of this tool. */
  place: string;
  keysetField: string;
  clientIdField: string;
  tokenEndpointField: string;
  platformKeysetField: string;
  /** Where it shows an audience of its own. */
  audienceField?: string;
  /** How the entry is switched on. */
  enable: string;
  switches: { roster: string; grades: string; scopes?: Partial<Record<string, string>> };
  /** What an instructor does so that the tool belongs to the course. */
  addToCourse: string;
  openCourse: string;
};

const COMMON = {
  clientIdField: "Client ID",
  tokenEndpointField: "the access token URL",
  platformKeysetField: "the public keyset URL",
  addToCourse: "add the tool to the course",
  openCourse: "open the course to its participants",
};

const canvas: PlatformWords = {
  ...COMMON,
  name: "Canvas",
  place: "Admin, Developer Keys",
  keysetField: "Public JWK URL",
  enable: "set the key’s State to On",
  switches: {
    roster: "Can retrieve user data associated with the context the tool is installed in",
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
};

const moodle: PlatformWords = {
  ...COMMON,
  name: "Moodle",
  place: "Site administration, Plugins, External tool, Manage tools",
  keysetField: "Public keyset",
  tokenEndpointField: "Access token URL",
  platformKeysetField: "Public keyset URL",
  enable: "activate the tool",
  switches: {
    roster:
      "IMS LTI Names and Role Provisioning: Use this service to retrieve members’ information",
    grades:
      "IMS LTI Assignment and Grade Services: Use this service for grade sync and column management",
  },
  addToCourse: "add an activity of this tool to the course",
  openCourse: "show the course to its participants (Course visibility: Show)",
};

const blackboard: PlatformWords = {
  ...COMMON,
  name: "Blackboard",
  place: "Administrator Panel, LTI Tool Providers",
  keysetField: "Tool JWKS URL",
  clientIdField: "Application ID",
  tokenEndpointField: "Auth token endpoint",
  platformKeysetField: "Public keyset URL",
  enable: "set Tool Status to Approved",
  switches: {
    roster: "Allow Membership Service Access: Yes",
    grades: "Allow grade service access: Yes",
  },
  openCourse: "make the course available",
};

const brightspace: PlatformWords = {
  ...COMMON,
  name: "Brightspace",
  place: "Admin Tools, Manage Extensibility, LTI Advantage",
  keysetField: "Keyset URL",
  clientIdField: "Client Id",
  tokenEndpointField: "Brightspace OAuth2 Access Token URL",
  platformKeysetField: "Brightspace Keyset URL",
  audienceField: "Brightspace OAuth2 Audience",
  enable: "enable the registration and its deployment",
  switches: {
    roster: "Extensions: Names and Role Provisioning Services",
    grades: "Extensions: Assignment and Grade Services",
  },
  openCourse: "make the course offering active",
};

const sakai: PlatformWords = {
  ...COMMON,
  name: "Sakai",
  place: "Administration Workspace, External Tools",
  keysetField: "LTI 1.3 Tool Keyset",
  clientIdField: "LTI 1.3 Client ID",
  tokenEndpointField: "LTI 1.3 LMS OAuth Token URL",
  platformKeysetField: "LTI 1.3 LMS Keyset URL",
  enable: "switch on Tool supports LTI 1.3",
  switches: {
    roster: "Provide Roster to External Tool",
    grades: "Allow External Tool to return grades",
    scopes: { [SCOPE.lineItem]: "Allow External Tool to create grade columns" },
  },
  openCourse: "publish the site",
};

const schoology: PlatformWords = {
  ...COMMON,
  name: "Schoology",
  place: "App Center, Organization Apps",
  keysetField: "JWKS URL",
  enable: "install the app for the organization",
  switches: { roster: "Names and Roles Services", grades: "Assignments and Grade Services" },
};

const other: PlatformWords = {
  ...COMMON,
  name: "the platform",
  place: "the platform’s settings for this tool",
  keysetField: "public keyset (JWKS) URL",
  enable: "switch the tool on",
  switches: {
    roster: "Names and Role Provisioning Services 2.0",
    grades: "Assignment and Grade Services 2.0",
  },
};

export const PLATFORM_WORDS: Record<PlatformProfileKey, PlatformWords> = {
  canvas,
  moodle,
  blackboard,
  brightspace,
  sakai,
  schoology,
  other,
};

/** The words of a platform; an unknown profile has those of any platform. */
export function platformWords(profile: string): PlatformWords {
  return Object.hasOwn(PLATFORM_WORDS, profile)
    ? PLATFORM_WORDS[profile as PlatformProfileKey]
    : PLATFORM_WORDS.other;
}

/** The switch that grants a scope, as the LMS labels it. */
export function switchFor(words: PlatformWords, scope: string): string {
  const { roster, grades, scopes } = words.switches;
  return scopes?.[scope] ?? (scope === SCOPE.memberships ? roster : grades);
}
