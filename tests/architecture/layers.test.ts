import { expect, test } from "vitest";
import { importsOf, sourceFiles, type Import } from "./imports.ts";

type Layer = {
  folder: string;
  /** What it may import of our own besides itself. */
  may: readonly string[];
  /** What it may name only as a type. */
  types?: readonly string[];
};

const BASE = ["lib/errors.ts", "lib/format.ts", "lib/chunks.ts"];
const PROTOCOL = ["lib/lti/", "lib/platforms/", "lib/advice/", "lib/connection-test/"];
const OPERATIONS = ["lib/sync/index.ts", "lib/db/", ...PROTOCOL, "lib/auth/", ...BASE];

/** The whole of the architecture: who may know whom. */
const LAYERS: readonly Layer[] = [
  { folder: "lib/lti", may: BASE },
  { folder: "lib/client", may: [] },
  { folder: "lib/platforms", may: ["lib/lti/", ...BASE] },
  { folder: "lib/advice", may: ["lib/platforms/", "lib/lti/", ...BASE], types: ["lib/"] },
  { folder: "lib/connection-test", may: ["lib/advice/", "lib/platforms/", "lib/lti/", ...BASE] },
  { folder: "lib/auth", may: BASE },
  { folder: "lib/db", may: ["lib/auth/", "lib/platforms/", "lib/lti/", ...BASE] },
  { folder: "lib/sync", may: ["lib/db/", ...PROTOCOL, ...BASE], types: ["lib/auth/"] },
  { folder: "lib/operations", may: [...OPERATIONS, "package.json"], types: ["lib/sync/"] },
  {
    folder: "components",
    may: ["lib/format.ts", "lib/platforms/", "lib/advice/"],
    // What can be read is named by the API's table alone.
    types: ["lib/operations/", "lib/lti/", "lib/db/", "app/_server/rest/reads.ts"],
  },
  {
    folder: "app",
    may: [
      "components/",
      "lib/operations/",
      "lib/platforms/",
      "lib/auth/",
      "lib/runtime.ts",
      "lib/shutdown.ts",
      "lib/loggable.ts",
      ...BASE,
    ],
    types: ["lib/db/", "lib/sync/", "lib/lti/"],
  },
];

const OWN = /^(app|components|lib|tests)\/|^package\.json$/;

test.each(LAYERS)("$folder imports only what is below it", ({ folder, may, types = [] }) => {
  const imports = sourceFiles(folder).flatMap(importsOf);
  const own = imports.filter(({ to }) => OWN.test(to) && !to.startsWith(`${folder}/`));
  const allowed = (to: string, list: readonly string[]) => list.some((part) => to.startsWith(part));
  const wrong = own.filter(
    ({ to, isTypeOnly }) => !allowed(to, may) && !(isTypeOnly && allowed(to, types)),
  );
  expect(imports.length).toBeGreaterThan(0);
  expect(wrong.map(inWords)).toEqual([]);
});

test("lib knows no Next and no React", () => {
  const imports = sourceFiles("lib").flatMap(importsOf);
  const web = imports.filter(({ to }) => /^(next|react|react-dom)(\/|$)/.test(to));
  // The script that starts the web server starts Next.
  const elsewhere = web.filter(({ from }) => from !== "lib/bin/process/web-server.ts");
  expect(elsewhere.map(inWords)).toEqual([]);
});

test("only lib/db knows Prisma", () => {
  const files = ["app", "components", "lib"].flatMap(sourceFiles);
  const prisma = files.flatMap(importsOf).filter(({ to }) => to.startsWith("@prisma/"));
  expect(prisma.length).toBeGreaterThan(0);
  const elsewhere = prisma.filter(({ from }) => !/^lib\/(db|bin)\//.test(from));
  expect(elsewhere.map(inWords)).toEqual([]);
});

test("nothing of the product imports its tests", () => {
  const files = ["app", "components", "lib"].flatMap(sourceFiles);
  const wrong = files.flatMap(importsOf).filter(({ to }) => to.startsWith("tests/"));
  // The demo shows the product against the simulator that the tests use.
  expect(wrong.filter(({ from }) => !from.startsWith("lib/bin/")).map(inWords)).toEqual([]);
});

function inWords({ from, to, isTypeOnly }: Import): string {
  return `${from} imports ${isTypeOnly ? "type " : ""}${to}`;
}
