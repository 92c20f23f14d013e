import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateSigningKey, publicJwks, type Endpoints } from "#lib/lti/index.ts";
import { startPlatformInProcess, type PlatformClient } from "#tests/support/platform/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const compiler = path.join(root, "node_modules/typescript/bin/tsc");
const run = promisify(execFile);

/** What a stranger writes: in TypeScript, in a folder of their own. */
const STRANGER = `
import {
  chooseRegistration, createMemoryLoginStore, createMemoryTokenStore, deepLinkingResponse,
  isLtiError, RateLimited, verifyLaunch,
  type ContentItem, type LaunchMessage, type TokenStore,
} from "rollbook/lti";
import { createRollbookClient } from "rollbook/client";

const tokenStore: TokenStore = createMemoryTokenStore();
const item: ContentItem = { type: "ltiResourceLink", lineItem: { scoreMaximum: 1 } };
// @ts-expect-error  a content item has one of five types
const wrong: ContentItem = { type: "video", url: "https://tool.example.edu" };
export const titleOf = (message: LaunchMessage): string | undefined => message.context?.title;
// @ts-expect-error  the context may be absent
export const bad = (message: LaunchMessage): string => message.context.title;
try {
  chooseRegistration({ issuer: "https://lms.example.edu" }, []);
} catch (error) {
  if (isLtiError(error) && error.code === "lti.launch_refused") console.log(error.check, error.spec);
}
const limited = new RateLimited(new Date(0));
console.log(limited instanceof Error, limited.retryAt.getTime());
console.log(typeof verifyLaunch, typeof deepLinkingResponse, typeof createMemoryLoginStore().take);
console.log(item.type, wrong.type, typeof tokenStore.get);
const client = createRollbookClient({ url: "https://rollbook.example.edu", apiKey: "rbk_1" });
// @ts-expect-error  there is no such path
console.log(typeof client.GET, typeof (() => client.GET("/corses")));
`;

let folder: string;
let platform: PlatformClient;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rollbook-stranger-"));
  platform = await startPlatformInProcess();
});
afterAll(async () => {
  await platform.stop();
  await rm(folder, { recursive: true, force: true });
});

const inFolder = (...parts: string[]) => path.join(folder, ...parts);

test("the package installs in an empty folder, with the packages that it names alone", async () => {
  const [whole] = await pack(root);
  const [light] = await pack(path.join(root, "dist"), "--ignore-scripts");
  if (!whole || !light) throw new Error("npm made no tarball");
  const compiled = (paths: string[]) =>
    paths.filter((each) => /^(lti\/|client\/|errors\.)/.test(each));
  const shipped = whole.files.filter((each) => each.startsWith("dist/"));
  expect(compiled(light.files)).toEqual(shipped.map((each) => each.slice("dist/".length)).sort());
  const others = whole.files.filter((each) => !each.startsWith("dist/"));
  expect(
    others.every((each) =>
      /^(docs\/library|lib\/bin\/rollbook|LICENSE|README|package\.json)/.test(each),
    ),
  ).toBe(true);
  const { dependencies, exports } = await manifestOf(path.join(root, "dist"));
  expect(Object.keys(dependencies)).toEqual(["jose", "openapi-fetch", "undici"]);
  const own = await manifestOf(root);
  const inDist = Object.values(own.exports["./lti"] ?? {}).map((file) => file.replace("/dist", ""));
  expect(inDist).toEqual(Object.values(exports["./lti"] ?? {}));
  await install(light.tarball, Object.keys(dependencies));
}, 180_000);

test("a stranger's programs have the right types, without those of a browser", async () => {
  await cp(path.join(root, "docs/library"), folder, { recursive: true });
  await writeFile(inFolder("stranger.ts"), STRANGER);
  await writeFile(inFolder("package.json"), JSON.stringify({ type: "module", private: true }));
  const compilerOptions = {
    strict: true,
    target: "ES2023",
    lib: ["ES2023"],
    module: "NodeNext",
    types: ["node"],
    skipLibCheck: false,
    rewriteRelativeImportExtensions: true,
    outDir: "built",
  };
  await writeFile(inFolder("tsconfig.json"), JSON.stringify({ compilerOptions }));
  const { stdout } = await run(process.execPath, [compiler, "-p", folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
}, 180_000);

test("a stranger's program runs under plain Node", async () => {
  expect(await node("stranger.js")).toEqual([
    "registration Security Framework 1.0 §5.1.1.1",
    "true 0",
    "function function function",
    "ltiResourceLink video function",
    "function function",
  ]);
});

test("one call: one token, one roster", async () => {
  await tool();
  expect(await node("one-call.js")).toEqual(["history: 120 members, complete: true"]);
  expect(await tokenRequests()).toBe(1);
});

test("a long batch: every score arrives, although the token dies on the way", async () => {
  await tool();
  await platform.misbehave({ kind: "revoke_after_score", from: 60, times: 1 });
  const before = (await platform.counts()).scoresAccepted;
  const printed = await node("long-batch.js");
  const accepted = (await platform.counts()).scoresAccepted - before;
  expect(accepted).toBeGreaterThan(100);
  expect(printed.at(-1)).toBe(`${accepted} sent, 0 refused`);
  expect(printed).toHaveLength(Math.ceil(accepted / 50));
  expect(await tokenRequests()).toBe(2);
});

test("many courses: one token serves all, and one that fails does not end the others", async () => {
  await tool({ hasClosedCourse: true });
  expect(await node("many-courses.js")).toEqual([
    "history: 120 members",
    "closed: lti.resource_gone",
    ...COURSES.map((title) => `${title}: 3 members`),
  ]);
  expect(await tokenRequests()).toBe(1);
});

test("many workers: four processes share one token", async () => {
  await tool();
  const printed = await node("many-workers.js", { TOKEN_FOLDER: inFolder("tokens") });
  const rosters = COURSES.map((title) => `${title}: 3 members`);
  const expected = ["history: 120 members", ...rosters, "4 of 4 workers are done"];
  expect(printed.toSorted()).toEqual(expected.toSorted());
  expect(await tokenRequests()).toBe(1);
});

const COURSES = ["art", "biology", "chemistry", "drama", "english", "french"];

/** A tool with a client ID of its own, so that its token requests are counted apart. */
let clientId = "";
async function tool({ hasClosedCourse = false } = {}): Promise<void> {
  const key = await generateSigningKey();
  const jwks = publicJwks([key.publicJwk]);
  const { jwksUrl } = await platform.hostToolJwks({ name: key.kid, jwks });
  clientId = `client-${key.kid}`;
  await platform.addRegistration({ clientId, jwksUrl });
  const made: { title: string; endpoints: Endpoints }[] = [];
  for (const title of ["history", ...COURSES]) {
    const members = title === "history" ? 120 : 3;
    const { membershipsUrl, lineItemsUrl, scopes } = await platform.addCourse({ title, members });
    const grades = { lineItemsUrl, scopes: scopes.filter((scope) => scope.includes("lti-ags")) };
    const memberships = { contextMembershipsUrl: membershipsUrl };
    made.push({ title, endpoints: { memberships, grades } });
  }
  const gone = `${platform.url}/courses/closed/memberships`;
  const closed = { title: "closed", endpoints: { memberships: { contextMembershipsUrl: gone } } };
  const settings = {
    issuer: platform.issuer,
    clientId,
    tokenEndpoint: `${platform.url}/token`,
    privateJwk: key.privateJwk,
    isPrivateNetwork: true,
    courses: hasClosedCourse ? made.toSpliced(1, 0, closed) : made,
  };
  await writeFile(inFolder("tool.json"), JSON.stringify(settings));
}

async function tokenRequests(): Promise<number> {
  return (await platform.counts()).tokenRequestsByClient[clientId] ?? 0;
}

/** Runs one of the compiled programs, and answers the lines that it printed. */
async function node(program: string, more: Record<string, string> = {}): Promise<string[]> {
  const env = { ...process.env, NODE_OPTIONS: "", TOOL_SETTINGS: inFolder("tool.json"), ...more };
  const { stdout } = await run(process.execPath, [inFolder("built", program)], { env });
  return stdout.trim().split("\n");
}

type Packed = { tarball: string; files: string[] };

/** As a stranger would: `npm pack`, and what is in the tarball. */
async function pack(what: string, ...more: string[]): Promise<Packed[]> {
  const to = await mkdtemp(inFolder("tarball-"));
  const arguments_ = ["pack", what, "--json", "--silent", "--pack-destination", to, ...more];
  const { stdout } = await run("npm", arguments_, { cwd: root });
  const packed = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  return packed.map(({ filename, files }) => ({
    tarball: path.join(to, filename),
    files: files.map((file) => file.path).sort(),
  }));
}

/** What `npm install` does with the tarball, but its dependencies come from this checkout. */
async function install(tarball: string, dependencies: string[]): Promise<void> {
  const modules = inFolder("node_modules");
  await mkdir(path.join(modules, "rollbook"), { recursive: true });
  const into = ["-C", path.join(modules, "rollbook"), "--strip-components=1"];
  await run("tar", ["-xzf", tarball, ...into]);
  await mkdir(path.join(modules, "@types"));
  for (const name of [...dependencies, "@types/node"]) {
    await symlink(path.join(root, "node_modules", name), path.join(modules, name), "dir");
  }
  expect(await readdir(path.join(modules, "rollbook"))).toContain("README.md");
}

async function manifestOf(of: string) {
  return JSON.parse(await readFile(path.join(of, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
    exports: Record<string, Record<string, string>>;
  };
}
