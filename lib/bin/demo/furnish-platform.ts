import { z } from "zod";
import { COLLEGE_COURSES, DEMO_COURSES, FIRST_SENT, LARGEST, type DemoCourse } from "./courses.ts";
import { DemoPlatformFailed, type DemoPlatform } from "./platform.ts";

const CLIENT_ID = "rollbook-demo";
export const COLLEGE_CLIENT_ID = "rollbook-demo-college";
/** Unhurried answers: a sync that is over before it is seen shows nothing. */
const DELAYS = { token: 400, memberships: 1_000, scores: 350, results: 150, line_items: 300 };

const registeredSchema = z.object({
  issuer: z.string(),
  clientId: z.string(),
  tokenEndpoint: z.string(),
  authorizationEndpoint: z.string(),
  jwksUrl: z.string(),
  deploymentIds: z.array(z.string()),
});

const courseSchema = z.object({
  contextId: z.string(),
  deploymentId: z.string(),
  scopes: z.array(z.string()),
  membershipsUrl: z.string(),
  lineItemsUrl: z.string(),
  lineItems: z.array(z.object({ url: z.string(), label: z.string(), scoreMaximum: z.number() })),
});

const membersSchema = z.array(z.object({ userId: z.string() }));

export type FurnishedCourse = z.infer<typeof courseSchema>;
type Registered = z.infer<typeof registeredSchema>;
export type FurnishedPlatform = {
  registration: Registered;
  /** Of a tool that has been in use for a month, and is answered at once. */
  college: Registered;
  courses: Map<string, FurnishedCourse>;
};

/**
 * Registers this tool on the platform and makes its courses. The platform forgets everything
 * when it ends; the same calls make the same people and addresses again.
 */
export async function furnishPlatform(
  platform: DemoPlatform,
  toolUrl: string,
): Promise<FurnishedPlatform> {
  const registration = await register(platform, toolUrl, { clientId: CLIENT_ID, name: "Rollbook" });
  const named = { clientId: COLLEGE_CLIENT_ID, name: "Rollbook for the college" };
  const college = await register(platform, toolUrl, named);
  const courses = new Map<string, FurnishedCourse>();
  let firstPerson = 0;
  for (const course of [...DEMO_COURSES, ...COLLEGE_COURSES]) {
    courses.set(course.contextId, await addCourse(platform, course, firstPerson));
    // Half of a course's people are in the next one too, as on a campus.
    firstPerson += Math.ceil(course.members / 2);
  }
  await misbehave(platform, courses);
  return { registration, college, courses };
}

async function register(
  platform: DemoPlatform,
  toolUrl: string,
  tool: { clientId: string; name: string },
): Promise<Registered> {
  const addresses = {
    jwksUrl: `${toolUrl}/lti/jwks`,
    loginUrl: `${toolUrl}/lti/login`,
    launchUrl: `${toolUrl}/lti/launch`,
  };
  return registeredSchema.parse(await platform.tell("addRegistration", { ...tool, ...addresses }));
}

async function addCourse(
  platform: DemoPlatform,
  { contextId, title, label, members, columns }: DemoCourse,
  firstPerson: number,
): Promise<FurnishedCourse> {
  const lineItems = columns.map(({ label, scoreMaximum }) => ({ label, scoreMaximum }));
  const teachingAssistants = members > 100 ? 2 : 0;
  const asked = { contextId, title, label, members, teachingAssistants, firstPerson, lineItems };
  return courseSchema.parse(await platform.tell("addCourse", asked));
}

/** What happens on real platforms, often enough to be seen. */
async function misbehave(
  platform: DemoPlatform,
  courses: FurnishedPlatform["courses"],
): Promise<void> {
  for (const [route, ms] of Object.entries(DELAYS))
    await platform.tell("misbehave", { kind: "delay", ms, route, clientId: CLIENT_ID });
  const throttled = { kind: "rate_limited", as: "429_seconds", retryAfterSec: 4 };
  const limited = { ...throttled, clientId: CLIENT_ID };
  const largest = { route: "memberships", contextId: LARGEST };
  await platform.tell("misbehave", { ...limited, ...largest, from: 6, times: 1 });
  await platform.tell("misbehave", { ...limited, route: "memberships", every: 61 });
  await platform.tell("misbehave", { ...limited, route: "scores", every: 130 });
  const learners = await learnersOf(platform, FIRST_SENT);
  const lineItem = courses.get(FIRST_SENT)?.lineItems[0]?.url;
  for (const [place, as] of [
    [17, "canvas_422"],
    [101, "canvas_422"],
    [163, "brightspace_403"],
  ] as const) {
    const fault = { kind: "ungradable_user", as, lineItem, userId: learners[place] };
    await platform.tell("misbehave", fault);
  }
}

/** The user IDs of a course's learners, in the order of its roster. */
export async function learnersOf(platform: DemoPlatform, contextId: string): Promise<string[]> {
  const members = await platform.tell("rosterOf", { contextId, role: "Learner" });
  return membersSchema.parse(members).map(({ userId }) => userId);
}

/** Takes two in five of a course's people off its roster: a section was closed by mistake. */
export async function shrinkRoster(platform: DemoPlatform, contextId: string): Promise<void> {
  const learners = await learnersOf(platform, contextId);
  const remove = learners.filter((_userId, index) => index % 5 < 2);
  await platform.tell("changeRoster", { contextId, remove });
}

export function furnished(platform: FurnishedPlatform, contextId: string): FurnishedCourse {
  const course = platform.courses.get(contextId);
  if (!course) throw new DemoPlatformFailed(`it has no course ${contextId}`);
  return course;
}
