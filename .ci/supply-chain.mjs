// What is installed from elsewhere: exact versions, checksums in the lockfile, licences that are
// known, and a bill of materials (CycloneDX) in dist/sbom.cdx.json. Ends with 1 and what is wrong.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** Licences that may be redistributed beside Apache-2.0; others are looked at by a person first. */
const KNOWN = new Set([
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC"],
  ...["MIT", "MIT-0", "OFL-1.1", "Python-2.0", "Unlicense"],
  // Of data: CC-BY-4.0 (tables of browsers). Used unchanged, and not linked into anything of ours:
  ...["CC-BY-4.0", "EPL-2.0", "LGPL-3.0-or-later", "MPL-2.0"],
]);

/** @param {{ packages: Record<string, any> }} lock @param {Record<string, any>} manifest */
export function problemsOf(lock, manifest) {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
  const direct = { ...manifest.dependencies, ...manifest.devDependencies };
  return [
    ...Object.entries(direct)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
      .map(([name, version]) => `${name} has no exact version: ${version}`),
    // A registry need not give checksums of what is never installed on the machine that locks.
    ...packages
      .filter(([, { integrity, optional, link }]) => !integrity && !optional && !link)
      .map(([path]) => `${path} has no checksum in the lockfile`),
    ...packages
      .filter(([, { integrity }]) => integrity && !integrity.startsWith("sha512-"))
      .map(([path]) => `${path} has a weak checksum`),
    ...packages
      .filter(([, { license }]) => !licencesIn(license).every((each) => KNOWN.has(each)))
      .map(([path, { license }]) => `${path} is under ${license ?? "no licence"}`),
  ];
}

/** Of an expression such as `(MIT OR CC0-1.0)`. */
function licencesIn(expression) {
  if (typeof expression !== "string") return ["none"];
  return expression.replaceAll(/[()]/g, "").split(/ (?:and|or|with) /i);
}

// With what only builds and tests: npm leaves out of the rest what both need.
function writeBill(manifest) {
  const args = ["sbom", "--sbom-format", "cyclonedx"];
  const bill = execFileSync("npm", args, { encoding: "utf8", maxBuffer: 100_000_000 });
  const names = new Set(JSON.parse(bill).components.map(({ name }) => name));
  const missing = Object.keys(manifest.dependencies).filter((name) => !names.has(name));
  mkdirSync("dist", { recursive: true });
  writeFileSync("dist/sbom.cdx.json", bill);
  return { count: names.size, missing };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const read = (file) => JSON.parse(readFileSync(file, "utf8"));
  const [lock, manifest] = [read("package-lock.json"), read("package.json")];
  const problems = problemsOf(lock, manifest);
  const { count, missing } = writeBill(manifest);
  problems.push(...missing.map((name) => `${name} is missing in the bill of materials`));
  const licences = new Map();
  for (const { license } of Object.values(lock.packages).slice(1))
    licences.set(license, (licences.get(license) ?? 0) + 1);
  for (const [licence, packages] of [...licences].sort(([, a], [, b]) => b - a))
    console.log(`${String(packages).padStart(5)}  ${licence}`);
  console.log(`${count} packages in dist/sbom.cdx.json`);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
