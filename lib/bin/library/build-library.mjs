import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Compiles the protocol library and the API's client into `dist`, as a package of its own:
 * `npm pack ./dist` makes a tarball that needs nothing but what these import, `npm pack` one with all
 * of Rollbook's dependencies. Both give `rollbook/lti` and `rollbook/client`.
 */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const dist = path.join(root, "dist");

rmSync(dist, { recursive: true, force: true });
const compiler = path.join(root, "node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "-p", ".ci/tsconfig.library.json"], {
  cwd: root,
  stdio: "inherit",
});

const own = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const { name, version, type, license, engines, dependencies } = own;
writeFileSync(
  path.join(dist, "package.json"),
  `${JSON.stringify(
    {
      name,
      version,
      private: true,
      type,
      license,
      description: "LTI Advantage for tools: launches, deep linking, rosters and grades.",
      engines,
      exports: {
        "./lti": { types: "./lti/index.d.ts", default: "./lti/index.js" },
        "./client": { types: "./client/index.d.ts", default: "./client/index.js" },
      },
      files: ["lti", "client", "errors.js", "errors.d.ts"],
      dependencies: Object.fromEntries(packagesOf(dist).map((each) => [each, versionOf(each)])),
    },
    null,
    2,
  )}\n`,
);
copyFileSync(path.join(root, "LICENSE"), path.join(dist, "LICENSE"));
copyFileSync(path.join(root, "docs/library.md"), path.join(dist, "README.md"));

/** The packages that the compiled files import. */
function packagesOf(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const imported = files
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => {
      const text = readFileSync(path.join(folder, file), "utf8");
      return [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^".][^"]*)";/gm)];
    })
    .map(([, each]) => each)
    .filter((each) => !each.startsWith("node:"));
  return [...new Set(imported)].sort();
}

function versionOf(dependency) {
  const found = dependencies[dependency];
  if (!found) throw new Error(`the library imports ${dependency}, which is no dependency`);
  return found;
}
