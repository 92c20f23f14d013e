const CONTEXT_PREFIX = "http://purl.imsglobal.org/vocab/lis/v2/membership#";
/** How LTI 1.1 spelled context roles; deprecated, and still sent. */
const URN_PREFIX = "urn:lti:role:ims/lis/";
const CONTEXT_SUB_PREFIX = "http://purl.imsglobal.org/vocab/lis/v2/membership/";

/** The principal context roles of LTI 1.3. */
const CONTEXT_ROLES = [
  "Administrator",
  "ContentDeveloper",
  "Instructor",
  "Learner",
  "Mentor",
  "Manager",
  "Member",
  "Officer",
] as const;

export type ContextRole = (typeof CONTEXT_ROLES)[number];

const PRINCIPAL = new Map<string, ContextRole>(
  CONTEXT_ROLES.map((role) => [role.toLowerCase(), role]),
);

/**
 * Spells a role as its full URI where it is known; what is unknown stays as it came.
 *
 * `Learner` → `http://purl.imsglobal.org/vocab/lis/v2/membership#Learner`,
 * `Instructor#TeachingAssistant` → `…/membership/Instructor#TeachingAssistant`.
 *
 * @see LTI Core 1.3 §A.2.3
 */
export function roleUri(name: string): string {
  const role = name.startsWith(URN_PREFIX) ? name.slice(URN_PREFIX.length) : name;
  if (role.includes(":")) return role;
  const principal = PRINCIPAL.get(role.toLowerCase());
  if (principal) return CONTEXT_PREFIX + principal;
  const [head = "", tail = ""] = role.split(/[#/]/, 2);
  const parent = PRINCIPAL.get(head.toLowerCase());
  return parent && tail !== "" ? `${CONTEXT_SUB_PREFIX}${parent}#${tail}` : name;
}

/** Shortens a role URI to what people say: `…/membership#Learner` → `Learner`. */
export function shortRole(role: string): string {
  if (role.startsWith(CONTEXT_PREFIX)) return role.slice(CONTEXT_PREFIX.length);
  if (role.startsWith(CONTEXT_SUB_PREFIX)) return role.slice(CONTEXT_SUB_PREFIX.length);
  const name = role.slice(role.lastIndexOf("#") + 1);
  return name === "" ? role : name;
}

/**
 * Whether someone with these roles holds the asked one, itself or by a sub-role of it.
 *
 * System and institution roles never count as context roles.
 */
export function hasRole(roles: readonly string[], asked: string): boolean {
  const wanted = roleUri(asked);
  if (roles.includes(wanted)) return true;
  if (!wanted.startsWith(CONTEXT_PREFIX)) return false;
  const subRole = `${CONTEXT_SUB_PREFIX}${wanted.slice(CONTEXT_PREFIX.length)}#`;
  return roles.some((role) => role.startsWith(subRole));
}

export function isInstructor(roles: readonly string[]): boolean {
  return hasRole(roles, "Instructor");
}

export function isLearner(roles: readonly string[]): boolean {
  return hasRole(roles, "Learner");
}

/**
 * What is in the URI of every role of a teaching assistant, in any case: the sub-roles of
 * Instructor and of LTI 1.1's TeachingAssistant, that role as platforms spell it as a context role
 * of its own, and Canvas's name of such an enrolment.
 *
 * `…/membership/Instructor#TeachingAssistant`, `…/membership#TeachingAssistant`,
 * `urn:lti:role:ims/lis/TeachingAssistant/TeachingAssistantSection`, `TaEnrollment`
 *
 * @see LTI Core 1.3 §A.2.3.1
 */
export const TEACHING_ASSISTANT = "(^|[/#:])(teachingassistant|taenrollment)";

const ASSISTANT = new RegExp(TEACHING_ASSISTANT, "i");

/** What somebody is in a course; a teaching assistant is that before all else. */
export type Standing = "learner" | "instructor" | "assistant" | "other";

/**
 * Told by the roles of a roster and, where there was one, of a launch: Moodle lists a non-editing
 * teacher as Learner and launches them as Instructor.
 */
export function standingOf(roles: readonly string[], launchRoles: readonly string[]): Standing {
  const isAssistant = [...roles, ...launchRoles].some((role) => ASSISTANT.test(role));
  const isHidden = isLearner(roles) && !isInstructor(roles) && isInstructor(launchRoles);
  if (isAssistant || isHidden) return "assistant";
  if (isInstructor(roles)) return "instructor";
  return isLearner(roles) ? "learner" : "other";
}
