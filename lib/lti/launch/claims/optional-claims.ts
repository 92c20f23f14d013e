import { identifierOf, isJsonObject, numberOf, textOf } from "../../values/json-body.ts";
import type { JsonObject } from "../../values/json-body.ts";
import { LAUNCH_CLAIM } from "./claim-names.ts";
import { webAddressOf } from "./person.ts";

/** IDs of the student information system. */
export type LisClaim = {
  personSourcedId?: string;
  courseOfferingSourcedId?: string;
  courseSectionSourcedId?: string;
};

/** Where LTI 1.1's Basic Outcomes takes a grade for this person and link. */
export type BasicOutcomeClaim = { resultSourcedId?: string; outcomeServiceUrl?: string };

/** How the platform shows the tool, and where the person goes back to. */
export type LaunchPresentation = {
  documentTarget?: "frame" | "iframe" | "window";
  /** Pixels. */
  width?: number;
  /** Pixels. */
  height?: number;
  /** A web address. */
  returnUrl?: string;
  locale?: string;
};

/** The platform that speaks; `guid` is the same for all its launches. */
export type ToolPlatform = {
  guid?: string;
  name?: string;
  description?: string;
  url?: string;
  contactEmail?: string;
  /** Such as `canvas` or `moodle`. */
  productFamilyCode?: string;
  version?: string;
};

export type OptionalClaims = {
  /** By name; empty where there are none. */
  custom: Record<string, string>;
  lis?: LisClaim;
  basicOutcome?: BasicOutcomeClaim;
  launchPresentation?: LaunchPresentation;
  toolPlatform?: ToolPlatform;
  /** The IDs of those whom a mentor looks after; empty where nobody is named. */
  roleScopeMentor: string[];
};

/**
 * Reads the claims that a launch may have, of which no specification says that a launch without
 * them, or with one that cannot be read, is to be refused. So none of them refuses:
 *
 * - `custom`: values are texts by §5.4.6; Canvas sends the numbers and booleans of its variables
 *   as they are, which are read as texts; null, lists and objects are left out.
 * - `lis`: IDs that are numbers are read as texts; empty ones are left out.
 * - `basicoutcome` (Basic Outcomes 1.1, where it goes on beside LTI 1.3): as `lis`.
 * - `launch_presentation`: sizes that are texts are read as numbers, null is left out (Canvas);
 *   a target that is not one of the three, or an address that is none, is left out.
 * - `tool_platform`: read without its `guid` too, although §5.4.2 demands it.
 * - `role_scope_mentor`: what is no ID is left out.
 *
 * A claim that is no object at all is absent.
 *
 * @see LTI Core 1.3 §5.4
 */
export function parseOptionalClaims(claims: JsonObject): OptionalClaims {
  return {
    custom: customOf(claims[LAUNCH_CLAIM.custom]),
    lis: ifObject(claims[LAUNCH_CLAIM.lis], lisOf),
    basicOutcome: ifObject(claims[LAUNCH_CLAIM.basicOutcome], basicOutcomeOf),
    launchPresentation: ifObject(claims[LAUNCH_CLAIM.launchPresentation], presentationOf),
    toolPlatform: ifObject(claims[LAUNCH_CLAIM.toolPlatform], platformOf),
    roleScopeMentor: identifiersOf(claims[LAUNCH_CLAIM.roleScopeMentor]),
  };
}

function ifObject<T>(value: unknown, read: (object: JsonObject) => T): T | undefined {
  return isJsonObject(value) ? read(value) : undefined;
}

function customOf(value: unknown): Record<string, string> {
  if (!isJsonObject(value)) return {};
  const read = Object.entries(value).flatMap(([name, each]) => {
    const isWord = typeof each === "number" || typeof each === "boolean";
    if (isWord) return [[name, String(each)] as const];
    // An empty text is a value here.
    return typeof each === "string" ? [[name, textOf(each) ?? ""] as const] : [];
  });
  return Object.fromEntries(read);
}

function lisOf(lis: JsonObject): LisClaim {
  return {
    personSourcedId: identifierOf(lis["person_sourcedid"]),
    courseOfferingSourcedId: identifierOf(lis["course_offering_sourcedid"]),
    courseSectionSourcedId: identifierOf(lis["course_section_sourcedid"]),
  };
}

function basicOutcomeOf(outcome: JsonObject): BasicOutcomeClaim {
  return {
    resultSourcedId: identifierOf(outcome["lis_result_sourcedid"]),
    outcomeServiceUrl: webAddressOf(outcome["lis_outcome_service_url"]),
  };
}

function presentationOf(presentation: JsonObject): LaunchPresentation {
  const target = presentation["document_target"];
  const isTarget = target === "frame" || target === "iframe" || target === "window";
  return {
    documentTarget: isTarget ? target : undefined,
    width: numberOf(presentation["width"]),
    height: numberOf(presentation["height"]),
    returnUrl: webAddressOf(presentation["return_url"]),
    locale: textOf(presentation["locale"]),
  };
}

function platformOf(platform: JsonObject): ToolPlatform {
  return {
    guid: identifierOf(platform["guid"]),
    name: textOf(platform["name"]),
    description: textOf(platform["description"]),
    url: webAddressOf(platform["url"]),
    contactEmail: textOf(platform["contact_email"]),
    productFamilyCode: textOf(platform["product_family_code"]),
    // A number on some platforms.
    version: identifierOf(platform["version"]),
  };
}

function identifiersOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.map(identifierOf).filter((id) => id !== undefined);
}
