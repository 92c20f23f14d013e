import { z } from "zod";
import { DEMO_COURSES, FIRST_SENT, LARGEST } from "./courses.ts";
import { DemoPlatformFailed, type DemoPlatform } from "./platform.ts";

const CLIENT_ID = "rollbook-demo";

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
export type FurnishedPlatform = {
  registration: z.infer<typeof registeredSchema>;
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
  const registration = registeredSchema.parse(
    await platform.tell("addRegistration", {
      clientId: CLIENT_ID,
      name: "Rollbook",
      jwksUrl: `${toolUrl}/lti/jwks`,
      loginUrl: `${toolUrl}/lti/login`,
      launchUrl: `${toolUrl}/lti/launch`,
    }),
  );
  const courses = new Map<string, FurnishedCourse>();
  let firstPerson = 0;
  for (const { contextId, title, label, members, columns } of DEMO_COURSES) {
    const lineItems = columns.map(({ label, scoreMaximum }) => ({ label, scoreMaximum }));
    const teachingAssistants = members > 100 ? 2 : 0;
    const asked = { contextId, title, label, members, teachingAssistants, firstPerson, lineItems };
    courses.set(contextId, courseSchema.parse(await platform.tell("addCourse", asked)));
    // Half of a course's people are in the next one too, as on a campus.
    firstPerson += Math.ceil(members / 2);
  }
  await misbehave(platform, courses);
  return { registration, courses };
}

/** What happens on real platforms, often enough to be seen. */
async function misbehave(
  platform: DemoPlatform,
  courses: FurnishedPlatform["courses"],
): Promise<void> {
  const limited = { kind: "rate_limited", as: "429_seconds", retryAfterSec: 4 };
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
