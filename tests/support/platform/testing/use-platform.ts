import { afterAll, beforeAll, beforeEach } from "vitest";
import {
  MEDIA,
  startPlatformInProcess,
  type PlatformClient,
  type PlatformOptions,
} from "#tests/support/platform/index.ts";
import { get, send, Tool } from "./tool.ts";

type Course = Awaited<ReturnType<PlatformClient["addCourse"]>>;

/** A platform for a test file, fresh for each test, with one tool, its token and one course. */
export type Stage = {
  platform: PlatformClient;
  tool: Tool;
  token: string;
  course: Course;
  lineItem: string;
  learners: string[];
  readMembers: (query?: string) => Promise<Response>;
  postScore: (fields?: Record<string, unknown>) => Promise<Response>;
};

export function usePlatform(options: PlatformOptions = {}): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    stage.platform = await startPlatformInProcess(options);
  });
  beforeEach(() => setStage(stage));
  afterAll(() => stage.platform.stop());
  return stage;
}

async function setStage(stage: Stage): Promise<void> {
  const { platform } = stage;
  await platform.reset();
  stage.tool = await Tool.register(platform);
  stage.token = await stage.tool.token();
  stage.course = await platform.addCourse({ members: 20, lineItems: 2 });
  const { contextId, membershipsUrl, lineItems } = stage.course;
  stage.lineItem = lineItems[0]?.url ?? "";
  const learners = await platform.rosterOf({ contextId, role: "Learner" });
  stage.learners = learners.map(({ userId }) => userId);
  stage.readMembers = (query = "") => get(membershipsUrl + query, stage.token, MEDIA.memberships);
  stage.postScore = (fields = {}) => postScore(stage, fields);
  await platform.resetCounts();
}

function postScore(
  { lineItem, token, learners }: Stage,
  fields: Record<string, unknown>,
): Promise<Response> {
  const url = new URL(lineItem);
  url.pathname += "/scores";
  const score = {
    userId: learners[0],
    timestamp: new Date().toISOString(),
    activityProgress: "Completed",
    gradingProgress: "FullyGraded",
    scoreGiven: 8,
    scoreMaximum: 10,
    ...fields,
  };
  return send(url.href, token, { type: MEDIA.score, body: score });
}
