import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_KEY, startApi, type Api } from "#tests/support/api.ts";
import { serveApi } from "#tests/support/api-server.ts";
import type { Installation } from "#tests/support/installation.ts";
import { startLaunchStage, type LaunchStage } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

const here = import.meta.dirname;
const run = promisify(execFile);
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const PAGE = readFileSync(path.join(here, "../../../docs/integrating.md"), "utf8");

/** The samples of docs/integrating.md, and what runs each. */
const SAMPLES = [
  { name: "Node", file: "rollbook.mjs", program: process.execPath, version: "--version" },
  { name: "Python", file: "rollbook.py", program: "python3", version: "--version" },
  { name: "PHP", file: "rollbook.php", program: "php", version: "--version" },
  { name: "Elixir", file: "rollbook.exs", program: "elixir", version: "--version" },
];
const PARTS = ["client", "launch", "push", "feed", "webhook"];

const isInstalled = ({ program, version }: (typeof SAMPLES)[number]) => {
  const found = spawnSync(program, [version], { stdio: "ignore" }).status === 0;
  if (!found) console.warn(`${program} is not installed: its sample is not run`);
  return found;
};

let api: Api;
let platform: PlatformClient;
let server: Awaited<ReturnType<typeof serveApi>>;
let stage: LaunchStage;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  [api, platform] = await Promise.all([startApi(), startPlatform()]);
  stage = await startLaunchStage(api.runtime as unknown as Installation, platform);
  server = await serveApi();
  env = {
    ...process.env,
    ROLLBOOK_URL: server.url,
    ROLLBOOK_API_KEY: API_KEY,
    ROLLBOOK_REGISTRATION: stage.registration.id,
    ROLLBOOK_WEBHOOK_SECRET: SECRET,
  };
});
afterAll(async () => {
  server.stop();
  await api.stop();
  await platform.stop();
});

describe.each(SAMPLES)("the $name sample", (sample) => {
  const { file, program } = sample;
  const sampleOf = async (...given: string[]) => {
    const { stdout } = await run(program, [path.join(here, file), ...given], { env });
    return stdout.trim().split("\n");
  };
  const text = readFileSync(path.join(here, file), "utf8");

  test("is what docs/integrating.md shows", () => {
    for (const part of PARTS) expect(PAGE).toContain(partOf(text, part));
  });

  test.skipIf(!isInstalled(sample))(
    "goes from a launch to a pushed grade, reads the feed and a webhook",
    async () => {
      const contextId = crypto.randomUUID();
      const context = "https://purl.imsglobal.org/spec/lti/claim/context";
      const login = await stage.login();
      const token = await stage.token(login, { claims: { [context]: { id: contextId } } });
      const [courseId = ""] = await sampleOf("launch", token);
      const { prisma } = api.runtime.db;
      const course = await prisma.course.findUniqueOrThrow({ where: { id: courseId } });
      expect(course.contextId).toBe(contextId);

      const url = `${course.lineItemsUrl}/${courseId}`;
      const column = { url, label: "Quiz 1", scoreMaximum: 10, resourceId: "quiz-1" };
      await api.ask("POST", `/courses/${courseId}/line-items`, { json: column });
      const { nextCursor } = (await api.ask<{ nextCursor: string }>("GET", "/changes?after=now"))
        .body;
      await prisma.membership.create({ data: { courseId, userId: "u-1", roles: ["Learner"] } });
      const scores = JSON.stringify([{ userId: "u-1", scoreGiven: 7 }]);
      const key = crypto.randomUUID();
      expect(await sampleOf("push", courseId, scores, key)).toEqual(["1"]);
      expect(await sampleOf("push", courseId, scores, key)).toEqual(["1"]);
      const kept = await prisma.score.findMany({ where: { lineItem: { courseId } } });
      expect(kept.map(({ userId, scoreGiven }) => [userId, scoreGiven])).toEqual([["u-1", 7]]);
      expect(await sampleOf("feed", nextCursor)).toContain("member.added");

      const rawBody = JSON.stringify({ id: "change_1", type: "member.added", note: "ü" });
      const at = new Date();
      const signature = new Webhook(SECRET).sign("change_1", at, rawBody);
      const headers = {
        "webhook-id": "change_1",
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": `v1,${Buffer.from("another").toString("base64")} ${signature}`,
      };
      expect(await sampleOf("webhook", JSON.stringify({ rawBody, headers }))).toEqual([
        "member.added",
      ]);
      const forged = { rawBody: rawBody.replace("added", "removed"), headers };
      expect(await sampleOf("webhook", JSON.stringify(forged))).toEqual(["refused"]);
      const old = { ...headers, "webhook-timestamp": "1700000000" };
      expect(await sampleOf("webhook", JSON.stringify({ rawBody, headers: old }))).toEqual([
        "refused",
      ]);
    },
    240_000,
  );
});

test("the API key of the ten minutes may do each of their steps", async () => {
  const step = /^2\. (Make an API key with .*), limited to/m.exec(PAGE)?.[1] ?? "";
  const scopes = [...step.matchAll(/`([^`]+)`/g)].map(([, scope]) => scope);
  const registrationIds = [stage.registration.id];
  const json = { name: "ten minutes", scopes, registrationIds };
  const { body: made } = await api.ask<{ key: string }>("POST", "/api-keys", { json });
  const ask = (path: string, json: object) =>
    api.ask<{ course?: { id: string } }>("POST", path, { json, key: made.key });

  const contextId = crypto.randomUUID();
  const { membershipsUrl } = await platform.addCourse({ contextId, members: 3 });
  const claims = {
    "https://purl.imsglobal.org/spec/lti/claim/context": { id: contextId },
    "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
      context_memberships_url: membershipsUrl,
      service_versions: ["2.0"],
    },
  };
  const idToken = await stage.token(await stage.login(), { claims });
  const launched = await ask(`/registrations/${stage.registration.id}/launches`, { idToken });
  expect(launched.status).toBe(201);
  const courseId = launched.body.course!.id;
  const synced = await ask("/runs", { kind: "roster_sync", courseId });
  expect(synced.status).toBe(202);
  const { lineItemsUrl } = await api.runtime.db.prisma.course.findUniqueOrThrow({
    where: { id: courseId },
  });
  const url = `${lineItemsUrl}/${courseId}`;
  const column = { url, label: "Quiz 1", scoreMaximum: 10 };
  expect((await ask(`/courses/${courseId}/line-items`, column)).status).toBe(201);
  const scores = [{ userId: "u-1", scoreGiven: 7 }];
  const push = { lineItem: { url }, scores, send: true };
  expect((await ask(`/courses/${courseId}/scores`, push)).status).toBe(202);
});

const OF_LTIJS = [
  { file: "lti.mjs", parts: ["setup"] },
  { file: "rollbook.mjs", parts: ["rollbook"] },
  { file: "tool.mjs", parts: ["webhook", "keys", "launch", "push"] },
];

// That it works is shown in a browser: tests/e2e/beside-ltijs.spec.ts.
test.each(OF_LTIJS)("$file of the tool on ltijs is what the page shows", ({ file, parts }) => {
  const text = readFileSync(path.join(here, "ltijs", file), "utf8");
  for (const part of parts) expect(PAGE).toContain(partOf(text, part));
});

/** A part of a sample as it stands between its marks, without the margin that all of it has. */
function partOf(text: string, part: string): string {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.trim().endsWith(`[${part}]`));
  const to = lines.findIndex((line, index) => index > from && line.trim().endsWith("[end]"));
  expect([part, from >= 0, to > from]).toEqual([part, true, true]);
  const margin = /^ */.exec(lines[from] ?? "")?.[0].length ?? 0;
  return lines
    .slice(from + 1, to)
    .map((line) => line.slice(Math.min(margin, line.length)))
    .join("\n")
    .trim();
}
