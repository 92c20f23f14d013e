import { readFileSync } from "node:fs";
import {
  importRegistrations,
  previewImport,
} from "#lib/operations/registrations/import/import-registrations.ts";
import { fileNamed, runOnce, terminalCaller } from "./process/run-once.ts";

const USAGE = `Usage: npm run --silent import-registrations -- <file> [--add]

The file is PyLTI1p3's JSON, platforms of ltijs as JSON, or a CSV. Without --add it only says what
would become of each registration.`;

await runOnce("Not imported", main);

/**
 * Prints what becomes of each registration. 0: all added or known; 1: some refused, or known with
 * other values; 2: not done.
 */
async function main([file, ...options]: string[]): Promise<number> {
  const isAdded = options[0] === "--add";
  if (file === undefined || file.startsWith("-") || options.length > (isAdded ? 1 : 0)) {
    console.error(USAGE);
    return 2;
  }
  const text = readFileSync(fileNamed(file), "utf8");
  const act = isAdded ? importRegistrations : previewImport;
  const { format, rows, added, known, differs, refused } = await act(await terminalCaller(), {
    text,
  });
  for (const { place, name, issuer, clientId, becomes, reasons, differences, advice } of rows) {
    const others = differences.map(
      ({ field, here, file }) => `${field} is ${here} here, ${file} there`,
    );
    const why = [...reasons, ...others].join("; ");
    console.log(
      `${becomes.padEnd(7)}  ${place}  ${name}  ${issuer}  ${clientId}${why && `: ${why}`}`,
    );
    if (advice) console.log(`         ${advice}`);
  }
  const verb = isAdded ? "added" : "to be added (with --add)";
  console.log(
    `${format}: ${added} ${verb}, ${known} known, ${differs} known with other values, ${refused} refused`,
  );
  return refused + differs > 0 ? 1 : 0;
}
