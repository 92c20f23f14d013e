import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { TEST_SECRET } from "#tests/support/installation.ts";
import { placesOf, plant, type Planted } from "../operations/privacy/planted.ts";

const ADMIN = { email: "ada@example.edu", password: "a password of the tests" };

let database: TestDatabase;
let planted: Planted;
beforeAll(async () => {
  database = await createTestDatabase();
  planted = await plant(database.db, "planted-by-command-1", "Commandine");
});
afterAll(() => database.drop());

type Ended = { code: number | null; out: string; log: string };

/** As somebody types it at the server's terminal. */
async function typed(command: string, ...args: string[]): Promise<Ended> {
  const child = spawn("npm", ["run", "--silent", command, "--", ...args], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: database.url,
      ROLLBOOK_URL: "https://rollbook.example.edu",
      ROLLBOOK_SECRET: TEST_SECRET,
      ROLLBOOK_ADMIN_EMAIL: ADMIN.email,
      ROLLBOOK_ADMIN_PASSWORD: ADMIN.password,
      ROLLBOOK_LOG_LEVEL: "debug",
    },
  });
  const texts = { out: "", log: "" };
  child.stdout.on("data", (part: Buffer) => (texts.out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (texts.log += part.toString()));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, ...texts };
}

test("`person` gives a person out, erases them everywhere, and neither is in its log", async () => {
  const { registrationId, userId, words } = planted;
  const given = await typed("person", "export", registrationId, userId);
  expect(given).toMatchObject({ code: 0 });
  expect(given.out).toContain("commandine@planted.example");
  const erased = await typed("person", "erase", registrationId, userId);
  expect(erased).toMatchObject({ code: 0 });
  // What it did is in its log, and no word of whom it did it to.
  expect(erased.out).toContain('"action":"person.erase"');
  for (const word of words) expect(erased.out + erased.log).not.toContain(word);
  expect(await placesOf(database.db, words)).toEqual([]);
  const again = await typed("person", "erase", registrationId, userId);
  expect(again.code).toBe(2);
  expect(again.log).toContain("there is no such person");
}, 180_000);

test("`person` says how it is used, and of whom it knows nothing", async () => {
  expect(await typed("person", "forget", "Planted")).toMatchObject({ code: 2 });
  const unknown = await typed("person", "export", "No such college", "u-1");
  expect(unknown.code).toBe(2);
  expect(unknown.log).toContain("No registration is called No such college");
}, 120_000);

test("`let-in` makes a link for an admin, and for nobody else", async () => {
  const made = await typed("let-in", ADMIN.email.toUpperCase());
  expect(made).toMatchObject({ code: 0 });
  expect(made.out).toMatch(/https:\/\/rollbook\.example\.edu\/password\/[\w-]{43}\n/);
  expect(await database.db.prisma.signInLink.count()).toBe(1);
  const refused = await typed("let-in", "nobody@example.edu");
  expect(refused.code).toBe(1);
  expect(refused.log).toContain(`Admins: ${ADMIN.email}`);
}, 120_000);
