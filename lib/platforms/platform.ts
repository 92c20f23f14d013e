import type { ServiceName } from "#lib/lti/services/services.ts";

/** One LMS: how it behaves, what it calls things, where its menus lead, how it is recognised. */
export type Platform = {
  key: string;
  /** Its name as a heading. */
  name: string;
  /** Parts of the `product_family_code`s by which it names itself, in small letters and digits. */
  families: readonly string[];
  /** A vendor that serves all its customers under these issuers, from hosts of these domains. */
  hosting?: { issuers: readonly string[]; domains: readonly string[] };
  /** Where all its customers get their tokens, and whom the assertion for it is addressed to. */
  authorization?: { tokenHost: string; audiences: readonly string[] };
  behaviour: PlatformBehaviour;
  words: OwnWords;
  guide: Guide;
};

/** How a platform differs where the specifications leave room. */
export type PlatformBehaviour = {
  /** Members, line items or results to ask for per page. */
  pageLimit: number;
  /** Scores of one line item and user must differ by this many milliseconds. */
  timestampStepMs: number;
  /** Scores sent at the same time to one registration. */
  scoreConcurrency: number;
  /** Seconds by which client assertions are backdated, where clocks get no leeway. */
  assertionBackdateS: number;
  /** Anything but a fully graded score wipes the value that the platform holds. */
  wipesUnlessFullyGraded: boolean;
  /** A grade that a teacher edited stays the final one, though newer scores are accepted. */
  keepsTeacherGrades: boolean;
  /** Every score makes a new submission attempt unless told otherwise. */
  makesSubmissions: boolean;
  /** What it is told then: whether a score counts as a new attempt. */
  newSubmission: boolean;
  /** What an operator should know about it. */
  notes: readonly string[];
};

export const COMMON_PROFILE = {
  pageLimit: 200,
  timestampStepMs: 1,
  scoreConcurrency: 2,
  assertionBackdateS: 0,
  wipesUnlessFullyGraded: false,
  keepsTeacherGrades: false,
  makesSubmissions: false,
  newSubmission: false,
} as const;

/** What lets a tool use a service, or one scope of it, as the LMS labels it. */
export type Switches = Partial<Record<ServiceName, string>> & {
  memberships: string;
  grades: string;
  scopes?: Partial<Record<string, string>>;
};

/** What a fix says of a platform; written to stand inside a sentence. */
export type OwnWords = {
  name: string;
  /** Where an administrator finds the entry of this tool. */
  place: string;
  keysetField: string;
  /** Where it shows an audience of its own. */
  audienceField?: string;
  /** How the entry is switched on. */
  enable: string;
  switches: Switches;
  /** What an instructor does so that the tool belongs to the course. */
  addToCourse: string;
  /** The token endpoint answers 404 with a page when our keys cannot be fetched; what lets them through. */
  keysBlockedBy?: string;
  /** A refused client is one with an unknown client ID, and nothing else. */
  refusesUnknownClientsOnly?: true;
  openCourse: string;
};

export const COMMON_WORDS = {
  addToCourse: "add the tool to the course",
  openCourse: "open the course to its participants",
} as const;

/** A value the platform gives us, as the registration form names it. */
export type RegistrationField =
  "issuer" | "clientId" | "tokenEndpoint" | "authorizationEndpoint" | "jwksUrl" | "deploymentIds";

/** What the platform's own screen calls a value, and where it shows it. */
export type FieldWords = { label?: string; hint?: string; placeholder?: string };

export type Addresses = Partial<
  Record<Exclude<RegistrationField, "clientId" | "deploymentIds">, string>
>;

export type Environment = { key: string; name: string; values: Addresses };

/** One of our values that an LMS asks for. */
export type ToolValue = "domain" | "launchUrl" | "loginUrl" | "redirectUrl" | "keysetUrl";

/** How one LMS words and places what an LTI registration exchanges. */
export type Guide = {
  summary: string;
  /** Where an LMS administrator enters our values. */
  menuPath: readonly string[];
  /** What the LMS calls our values, in the order of its page. */
  give: Partial<Record<ToolValue, string>> & { keysetUrl: string };
  /** What must be switched on for rosters and grades. */
  switches: readonly string[];
  fields: Partial<Record<RegistrationField, FieldWords>>;
  /** Platforms hosted in one place: complete addresses. */
  environments: readonly Environment[];
  /** Platforms hosted by each site: addresses below the site's own. */
  sitePaths?: Addresses;
  watchFor?: string;
  /** Where it takes an address for Dynamic Registration, and what is left to do after it. */
  dynamic?: { menuPath: readonly string[]; field: string; then: readonly string[] };
  /** What an LMS administrator or instructor does for a first launch. */
  firstLaunch: readonly string[];
  audience?: { choice: "token_endpoint" | "issuer" | "custom"; why: string };
};
