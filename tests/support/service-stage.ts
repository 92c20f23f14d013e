import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach } from "vitest";
import {
  GRADES_SCOPES,
  authenticate,
  createPlatformFetch,
  createRegistration,
  generateSigningKey,
  importSigningKey,
  publicJwks,
} from "#lib/lti/index.ts";
import type {
  Endpoints,
  LtiOptions,
  Registration,
  RegistrationInput,
  Score,
  ServiceClient,
} from "#lib/lti/index.ts";
import { startPlatformInProcess } from "./platform/index.ts";
import type { LoggedRequest, PlatformClient, PlatformOptions } from "./platform/index.ts";

type CourseInput = Parameters<PlatformClient["addCourse"]>[0];
type Course = Awaited<ReturnType<PlatformClient["addCourse"]>>;
type Connection = {
  registration?: Partial<RegistrationInput>;
  endpoints?: Endpoints;
  options?: Partial<LtiOptions>;
};

/** The simulator with one course, and this library connected to it; fresh for every test. */
export type ServiceStage = {
  platform: PlatformClient;
  course: Course;
  registration: Registration;
  endpoints: Required<Pick<Endpoints, "memberships" | "grades">>;
  options: LtiOptions;
  client: ServiceClient;
  /** The course's first line item. */
  lineItemUrl: string;
  /** User IDs of the course's learners. */
  learners: string[];
  /** Another client, with a token of its own. */
  connect: (changes?: Connection) => Promise<ServiceClient>;
  /** What the platform saw since the stage was set, in order. */
  sent: (filter?: Parameters<PlatformClient["requests"]>[0]) => Promise<LoggedRequest[]>;
};

/** Making a key takes a quarter of a second, so a test file has one. */
const generated = generateSigningKey();

export function useServiceStage(
  input: { platform?: PlatformOptions; course?: Partial<CourseInput> } = {},
): ServiceStage {
  const stage = {} as ServiceStage;
  const fetch = createPlatformFetch({ allowPrivateNetwork: true });
  beforeAll(async () => {
    stage.platform = await startPlatformInProcess(input.platform);
    stage.options = { fetch };
  });
  beforeEach(() => setStage(stage, { members: 12, lineItems: 2, ...input.course }));
  afterAll(async () => {
    await stage.platform.stop();
    await fetch.close();
  });
  return stage;
}

async function setStage(stage: ServiceStage, courseInput: CourseInput): Promise<void> {
  const { platform } = stage;
  await platform.reset();
  stage.registration = await register(platform);
  stage.course = await platform.addCourse(courseInput);
  stage.lineItemUrl = stage.course.lineItems[0]?.url ?? "";
  stage.endpoints = {
    memberships: { contextMembershipsUrl: stage.course.membershipsUrl },
    grades: {
      lineItemsUrl: stage.course.lineItemsUrl,
      lineItemUrl: stage.lineItemUrl,
      scopes: GRADES_SCOPES,
    },
  };
  const { contextId } = stage.course;
  stage.learners = (await platform.rosterOf({ contextId, role: "Learner" })).map(
    ({ userId }) => userId,
  );
  stage.sent = (filter = {}) => platform.requests(filter);
  stage.connect = (changes = {}) => connect(stage, changes);
  stage.client = await stage.connect();
  await platform.resetCounts();
}

/** Publishes the tool's key and tells the platform of it, as an administrator would. */
async function register(platform: PlatformClient): Promise<Registration> {
  const { publicJwk, privateJwk } = await generated;
  const jwks = publicJwks([publicJwk]);
  const { jwksUrl } = await platform.hostToolJwks({ name: randomUUID(), jwks });
  const { clientId, issuer, tokenEndpoint } = await platform.addRegistration({ jwksUrl });
  const signingKey = await importSigningKey(privateJwk);
  return createRegistration({ issuer, clientId, tokenEndpoint, signingKey, allowHttp: true });
}

function connect(stage: ServiceStage, { registration, endpoints, options }: Connection) {
  return authenticate(
    createRegistration({ ...stage.registration, ...registration }),
    endpoints ?? stage.endpoints,
    { ...stage.options, ...options },
  );
}

/** A score that every platform takes; the fields of interest are named by the test. */
export function scoreFor(userId: string | undefined, fields: Partial<Score> = {}): Score {
  return {
    userId: userId ?? "",
    timestamp: new Date(),
    activityProgress: "Completed",
    gradingProgress: "FullyGraded",
    scoreGiven: 8,
    scoreMaximum: 10,
    ...fields,
  };
}
