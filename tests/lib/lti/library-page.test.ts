import { readFile } from "node:fs/promises";
import { format } from "node:util";
import ts from "typescript";
import { expect, test } from "vitest";
import * as lti from "#lib/lti/index.ts";
import { postedBy } from "#tests/support/launch-through.ts";
import { startPlatformInProcess } from "#tests/support/platform/index.ts";
import type { PlatformClient } from "#tests/support/platform/index.ts";

const TOOL = "https://tool.example.edu";

type Login = (parameters: URLSearchParams) => Promise<lti.StartedLogin>;
type Launch = (form: URLSearchParams, keptState: string) => Promise<void>;

const root = new URL("../../../", import.meta.url);
const page = await readFile(new URL("docs/library.md", root), "utf8");
const examples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? "");
const source = examples.join("\n");

test("the library page's examples have the right types", () => {
  const file = new URL("docs/library-examples.ts", root).pathname;
  const config = ts.readConfigFile(new URL("tsconfig.json", root).pathname, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root.pathname);
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(file, source, target, true) : fromDisk(name, target);
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  const checked = { ...options, incremental: false, plugins: [], types: ["node"] };
  const program = ts.createProgram([file], checked, host);
  const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
  expect(
    found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  ).toEqual([]);
}, 120_000);

test("the library page's examples run, and print what they say", async () => {
  const platform = await startPlatformInProcess();
  try {
    await platform.addCourse({ contextId: "history", members: 120, lineItems: 1 });
    await platform.addCourse({ contextId: "biology", members: 3 });
    expect(await run(platform)).toEqual(promisedLines());
  } finally {
    await platform.stop();
  }
});

test("the library page names every error that the library throws", async () => {
  const files = ["errors.ts", "classify/reply-errors.ts"].map(
    (name) => new URL(`lib/lti/${name}`, root),
  );
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const codes = texts.join("\n").match(/(?<=")lti\.[a-z_]+(?=")/g) ?? [];
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

/** Runs the examples as one program whose platform is the simulator; answers what it printed. */
async function run(platform: PlatformClient): Promise<string[]> {
  const local = source
    .replaceAll("https://lms.example.edu", platform.url)
    .replace("const isPrivateNetwork = false", "const isPrivateNetwork = true")
    .replace(/^(const jwks = .*)$/m, "$1\nawait publish(jwks);")
    .replace("// Now a person opens the tool.", "await open(login, launch);");
  const { outputText } = ts.transpileModule(local, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const printed: string[] = [];
  const publish = async (jwks: { keys: unknown[] }) => {
    const { jwksUrl } = await platform.hostToolJwks({ name: "docs", jwks });
    const addresses = { loginUrl: `${TOOL}/login`, launchUrl: `${TOOL}/launch` };
    await platform.addRegistration({ jwksUrl, clientId: "client-1", ...addresses });
  };
  const open = async (login: Login, launch: Launch) => {
    const plan = { clientId: "client-1", contextId: "history", as: "instructor" as const };
    const { parameters } = await platform.startLaunch(plan);
    const { authenticationUrl, state } = await login(new URLSearchParams(parameters));
    await launch(await postedBy(authenticationUrl), state);
  };
  const names = ["require", "exports", "console", "publish", "open"];
  const program = new AsyncFunction(...names, outputText);
  const log = (...values: unknown[]) => printed.push(format(...values));
  await program(() => lti, {}, { log }, publish, open);
  return printed;
}

/** What the comments after each console.log promise; those without one are not reached. */
function promisedLines(): string[] {
  return [...source.matchAll(/console\.log\(.*\); \/\/ → (.+)$/gm)].map(([, line]) => line ?? "");
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parameters: string[]
) => (...values: unknown[]) => Promise<void>;
