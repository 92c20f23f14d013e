import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  DEMO_PASSWORD,
  ensureSecret,
  EnvironmentInvalid,
  readEnv,
  secretVariables,
  variables,
} from "#lib/env.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rollbook-env-"));
const secret = "s".repeat(32);

afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(source: Record<string, string>): Record<string, string> {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentInvalid) {
      return Object.fromEntries(error.problems.map(({ variable, reason }) => [variable, reason]));
    }
    throw error;
  }
  return {};
}

describe("a mail server", () => {
  const at = (ROLLBOOK_SMTP_URL: string, more = {}) => ({
    ROLLBOOK_SMTP_URL,
    ROLLBOOK_SMTP_FROM: "rollbook@example.edu",
    ...more,
  });

  test.each([
    [
      "smtp://rollbook:open%20sesame@smtp.example.edu",
      { port: 587, security: "starttls", user: "rollbook", password: "open sesame" },
    ],
    ["smtps://smtp.example.edu", { port: 465, security: "tls", user: "", password: "" }],
    ["smtp://smtp.example.edu:2525/", { port: 2525, security: "starttls" }],
  ])("is %s", (url, expected) => {
    const from = "rollbook@example.edu";
    expect(readEnv(at(url)).mailServer).toMatchObject({
      host: "smtp.example.edu",
      from,
      ...expected,
    });
  });

  test("goes without TLS only where a private network is allowed", () => {
    const url = "smtp://[::1]:25?tls=none";
    expect(problemsOf(at(url))["ROLLBOOK_SMTP_URL"]).toContain("ROLLBOOK_ALLOW_PRIVATE_NETWORK");
    const { mailServer } = readEnv(at(url, { ROLLBOOK_ALLOW_PRIVATE_NETWORK: "on" }));
    expect(mailServer).toMatchObject({ host: "::1", port: 25, security: "none" });
  });

  test.each([
    "smtp.example.edu",
    "https://smtp.example.edu",
    "smtp://",
    "smtp://host/path",
    "smtp://host?tls=off",
    "smtps://host?tls=none",
    "smtp://us%er@host",
  ])("is not %s", (url) => {
    expect(Object.keys(problemsOf(at(url)))).toEqual(["ROLLBOOK_SMTP_URL"]);
  });

  test("has a sender, and a sender has a server", () => {
    expect(problemsOf({ ROLLBOOK_SMTP_URL: "smtps://smtp.example.edu" })).toHaveProperty(
      "ROLLBOOK_SMTP_FROM",
    );
    expect(problemsOf({ ROLLBOOK_SMTP_FROM: "a@example.edu" })).toHaveProperty("ROLLBOOK_SMTP_URL");
  });
});

describe("readEnv", () => {
  test("gives an embedded database on port 3000 when nothing is set", () => {
    expect(readEnv({})).toMatchObject({
      databaseUrl: undefined,
      dataDir: path.resolve(".rollbook"),
      port: 3000,
      url: "http://localhost:3000",
      secret: undefined,
      admin: undefined,
      allowPrivateNetwork: false,
      isWorker: true,
      logLevel: "info",
    });
  });

  test("names every variable that is wrong, and what is wrong with it", () => {
    const problems = problemsOf({
      DATABASE_URL: "mysql://db/rollbook",
      PORT: "http",
      ROLLBOOK_LISTEN: "localhost",
      ROLLBOOK_URL: "rollbook.example.edu",
      ROLLBOOK_SECRET: "short",
      ROLLBOOK_WORKER: "maybe",
      ROLLBOOK_LOG_LEVEL: "loud",
    });
    expect(problems).toEqual({
      DATABASE_URL: "must be a postgresql:// address",
      PORT: "must be a port number",
      ROLLBOOK_LISTEN: "must be an IP address of this machine, such as 127.0.0.1 or ::",
      ROLLBOOK_URL: "must be an http:// or https:// address",
      ROLLBOOK_SECRET: "must have at least 32 characters",
      ROLLBOOK_WORKER: "must be on or off",
      ROLLBOOK_LOG_LEVEL: "must be debug, info, warn, error or silent",
    });
  });

  test("asks for the secret beside DATABASE_URL, because every machine needs the same", () => {
    const databaseUrl = "postgresql://db.example.edu/rollbook";
    expect(Object.keys(problemsOf({ DATABASE_URL: databaseUrl }))).toEqual(["ROLLBOOK_SECRET"]);
    expect(readEnv({ DATABASE_URL: databaseUrl, ROLLBOOK_SECRET: secret })).toMatchObject({
      databaseUrl,
      secret,
    });
  });

  test("asks for the administrator's e-mail and password together", () => {
    expect(Object.keys(problemsOf({ ROLLBOOK_ADMIN_EMAIL: "ada@example.edu" }))).toEqual([
      "ROLLBOOK_ADMIN_PASSWORD",
    ]);
    expect(Object.keys(problemsOf({ ROLLBOOK_ADMIN_PASSWORD: "correct horse" }))).toEqual([
      "ROLLBOOK_ADMIN_EMAIL",
    ]);
  });

  test("shows nobody's password but the demo's on the sign-in page", () => {
    const admin = { ROLLBOOK_ADMIN_EMAIL: "ada@example.edu", ROLLBOOK_DEMO: "on" };
    expect(problemsOf({ ...admin, ROLLBOOK_ADMIN_PASSWORD: "correct horse" })).toMatchObject({
      ROLLBOOK_DEMO: expect.stringContaining("npm run demo"),
    });
    expect(readEnv({ ...admin, ROLLBOOK_ADMIN_PASSWORD: DEMO_PASSWORD }).isDemo).toBe(true);
  });

  test("never repeats a secret's value in the error", () => {
    const given = { ROLLBOOK_SECRET: "hunter2-hunter2", ROLLBOOK_API_KEY: "hunter3-hunter3" };
    expect(() => readEnv(given)).toThrow(/^(?!.*hunter).*ROLLBOOK_SECRET/s);
  });

  test("takes an empty variable as absent", () => {
    expect(readEnv({ DATABASE_URL: "", PORT: " ", ROLLBOOK_SECRET: "" }).port).toBe(3000);
  });

  test.each(secretVariables)("reads %s from the file named by its _FILE variant", (name) => {
    const file = path.join(folder, name);
    writeFileSync(file, name === "DATABASE_URL" ? "not an address\n" : "short\n");
    expect(Object.keys(problemsOf({ [`${name}_FILE`]: file }))).toContain(name);
    const missing = problemsOf({ [`${name}_FILE`]: path.join(folder, "nothing-here") });
    expect(missing).toEqual({ [`${name}_FILE`]: "names a file that cannot be read" });
  });

  test("takes slashes off the end of the public address", () => {
    expect(readEnv({ ROLLBOOK_URL: "https://rollbook.example.edu/" }).url).toBe(
      "https://rollbook.example.edu",
    );
  });
});

describe("ensureSecret", () => {
  test("makes one secret of at least 32 characters, readable by its owner alone", () => {
    const dataDir = path.join(folder, "data");
    const made = ensureSecret(dataDir);
    expect(made.length).toBeGreaterThanOrEqual(32);
    expect(ensureSecret(dataDir)).toBe(made);
    if (process.platform !== "win32") {
      expect(statSync(path.join(dataDir, "secret")).mode & 0o777).toBe(0o600);
    }
  });
});

describe("a secret file that holds less than a secret", () => {
  test.each(["", "   \n", "short"])("%j is refused with what to do", (text) => {
    const dataDir = path.join(folder, `broken${text.length}`);
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, "secret"), text);
    expect(() => ensureSecret(dataDir)).toThrow(
      /ROLLBOOK_DATA_DIR has a file `secret` with \d characters instead of 32 or more: put it back/,
    );
    expect(readFileSync(path.join(dataDir, "secret"), "utf8")).toBe(text);
  });
});

describe(".env.example", () => {
  test("lists exactly the variables of the schema", () => {
    const listed = [...readFileSync(".env.example", "utf8").matchAll(/^# ([A-Z_]+)=/gm)];
    expect(listed.map((match) => match[1]).sort()).toEqual(Object.keys(variables.shape).sort());
  });
});
