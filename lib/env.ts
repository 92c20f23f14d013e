import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { z } from "zod";
import { SingleSignOnValues } from "./auth/single-sign-on/settings.ts";
import { CodedError } from "./errors.ts";
import { mailServerOf } from "./operations/alerts/mail-server-url.ts";

/** The environment is wrong; `problems` names each variable and what is wrong with it. */
export class EnvironmentInvalid extends CodedError {
  readonly code = "env.invalid" as const;

  constructor(readonly problems: readonly { variable: string; reason: string }[]) {
    const listed = problems.map(({ variable, reason }) => `${variable} ${reason}`);
    super(`the environment is not valid: ${listed.join("; ")}`);
  }
}

export type Env = z.output<typeof environmentSchema>;

const on = ["on", "1", "true", "yes"];
const off = ["off", "0", "false", "no"];
const minSecretLength = 32;
const minPasswordLength = 12;

const flag = (standard: "on" | "off") =>
  z
    .enum([...on, ...off], { error: "must be on or off" })
    .default(standard)
    .transform((word) => on.includes(word));

/** Requests a minute; 0 for no limit. */
const perMinute = (standard: number) =>
  z.coerce
    .number({ error: "must be a number of requests a minute" })
    .int({ error: "must be a number of requests a minute" })
    .min(0, { error: "must be 0 (no limit) or more" })
    .default(standard);

const port = () =>
  z.coerce
    .number({ error: "must be a port number" })
    .int({ error: "must be a port number" })
    .min(0, { error: "must be a port number" })
    .max(65_535, { error: "must be a port number" });

const secret = z
  .string()
  .min(minSecretLength, { error: `must have at least ${minSecretLength} characters` });

/** Every variable, under its own name; `.env.example` lists the same. */
export const variables = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" })
    .optional(),
  ROLLBOOK_DATA_DIR: z.string().default(".rollbook"),
  PORT: port().default(3000),
  ROLLBOOK_LISTEN: z
    .string()
    .refine((given) => isIP(given) !== 0, {
      error: "must be an IP address of this machine, such as 127.0.0.1 or ::",
    })
    .optional(),
  ROLLBOOK_URL: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
    .optional(),
  ROLLBOOK_SECRET: secret.optional(),
  ROLLBOOK_SECRET_PREVIOUS: secret.optional(),
  ROLLBOOK_ADMIN_EMAIL: z.email({ error: "must be an e-mail address" }).optional(),
  ROLLBOOK_ADMIN_PASSWORD: z
    .string()
    .min(minPasswordLength, { error: `must have at least ${minPasswordLength} characters` })
    .optional(),
  ROLLBOOK_API_KEY: secret.optional(),
  ROLLBOOK_SSO: z
    .string()
    .transform((text, context) => {
      const given = jsonOf(text);
      const parsed = SingleSignOnValues.strict().safeParse(given);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      const where = issue?.path.length ? ` at ${issue.path.join(".")}` : "";
      const message =
        given === undefined ? "must be JSON" : `is not valid${where}: ${issue?.message}`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    })
    .optional(),
  ROLLBOOK_SMTP_URL: z
    .string()
    .transform((text, context) => {
      const server = mailServerOf(text);
      if (typeof server !== "string") return server;
      context.addIssue({ code: "custom", message: server });
      return z.NEVER;
    })
    .optional(),
  ROLLBOOK_SMTP_FROM: z.email({ error: "must be an e-mail address" }).optional(),
  ROLLBOOK_TRUSTED_PROXIES: z.coerce
    .number({ error: "must be a number of proxies" })
    .int({ error: "must be a number of proxies" })
    .min(0, { error: "must be a number of proxies" })
    .max(10, { error: "must be at most 10" })
    .default(0),
  ROLLBOOK_API_LIMIT: perMinute(6_000),
  ROLLBOOK_ADDRESS_LIMIT: perMinute(12_000),
  ROLLBOOK_LTI_LIMIT: perMinute(6_000),
  ROLLBOOK_VISITOR_LIMIT: perMinute(120),
  ROLLBOOK_ALLOW_PRIVATE_NETWORK: flag("off"),
  ROLLBOOK_WORKER: flag("on"),
  ROLLBOOK_DEMO: flag("off"),
  ROLLBOOK_ACCESS_LOG: flag("off"),
  ROLLBOOK_METRICS_PORT: port().optional(),
  ROLLBOOK_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "must be debug, info, warn, error or silent",
    })
    .default("info"),
});

/** Variables whose value may stand in a file, named by the same variable with `_FILE`. */
export const secretVariables = [
  "DATABASE_URL",
  "ROLLBOOK_SECRET",
  "ROLLBOOK_SECRET_PREVIOUS",
  "ROLLBOOK_ADMIN_PASSWORD",
  "ROLLBOOK_API_KEY",
  "ROLLBOOK_SSO",
  "ROLLBOOK_SMTP_URL",
] as const;

/** Of the demo's operator, for everybody to read. */
export const DEMO_PASSWORD = "rollbook-demo";

const environmentSchema = variables
  .superRefine((given, context) => {
    const require = (variable: string, message: string) =>
      context.addIssue({ code: "custom", path: [variable], message });
    if (given.DATABASE_URL && !given.ROLLBOOK_SECRET) {
      require("ROLLBOOK_SECRET", "is required beside DATABASE_URL, the same on every machine");
    }
    if (given.ROLLBOOK_ADMIN_EMAIL && !given.ROLLBOOK_ADMIN_PASSWORD) {
      require("ROLLBOOK_ADMIN_PASSWORD", "is required beside ROLLBOOK_ADMIN_EMAIL");
    }
    if (given.ROLLBOOK_ADMIN_PASSWORD && !given.ROLLBOOK_ADMIN_EMAIL) {
      require("ROLLBOOK_ADMIN_EMAIL", "is required beside ROLLBOOK_ADMIN_PASSWORD");
    }
    if (given.ROLLBOOK_SMTP_URL && !given.ROLLBOOK_SMTP_FROM) {
      require("ROLLBOOK_SMTP_FROM", "is required beside ROLLBOOK_SMTP_URL");
    }
    if (given.ROLLBOOK_SMTP_FROM && !given.ROLLBOOK_SMTP_URL) {
      require("ROLLBOOK_SMTP_URL", "is required beside ROLLBOOK_SMTP_FROM");
    }
    if (given.ROLLBOOK_SMTP_URL?.security === "none" && !given.ROLLBOOK_ALLOW_PRIVATE_NETWORK) {
      require("ROLLBOOK_SMTP_URL", "may go without TLS only with ROLLBOOK_ALLOW_PRIVATE_NETWORK");
    }
    if (given.ROLLBOOK_DEMO && given.ROLLBOOK_ADMIN_PASSWORD !== DEMO_PASSWORD) {
      require("ROLLBOOK_DEMO", "is for `npm run demo` alone: the sign-in page then shows the password");
    }
  })
  .transform((given) => ({
    /** Absent: the embedded database in `dataDir`. */
    databaseUrl: given.DATABASE_URL,
    dataDir: path.resolve(/* turbopackIgnore: true */ given.ROLLBOOK_DATA_DIR),
    port: given.PORT,
    /** The address to listen on; absent: every address of this machine. */
    listen: given.ROLLBOOK_LISTEN,
    /** Our public address, without a slash at the end. */
    url: (given.ROLLBOOK_URL ?? `http://localhost:${given.PORT}`).replace(/\/+$/, ""),
    /** Absent: `ensureSecret(dataDir)` keeps one in the data folder. */
    secret: given.ROLLBOOK_SECRET,
    previousSecret: given.ROLLBOOK_SECRET_PREVIOUS,
    admin:
      given.ROLLBOOK_ADMIN_EMAIL && given.ROLLBOOK_ADMIN_PASSWORD
        ? { email: given.ROLLBOOK_ADMIN_EMAIL, password: given.ROLLBOOK_ADMIN_PASSWORD }
        : undefined,
    apiKey: given.ROLLBOOK_API_KEY,
    /** Single sign-on, where the environment and not the settings say it. */
    singleSignOn: given.ROLLBOOK_SSO,
    /** The mail server of alerts, where the environment and not the settings say it. */
    mailServer:
      given.ROLLBOOK_SMTP_URL && given.ROLLBOOK_SMTP_FROM
        ? { ...given.ROLLBOOK_SMTP_URL, from: given.ROLLBOOK_SMTP_FROM }
        : undefined,
    /** How many proxies stand before us; none: no forwarded header is believed. */
    trustedProxies: given.ROLLBOOK_TRUSTED_PROXIES,
    /** Requests a minute that this process takes of one key, operator or address; 0: no limit. */
    limits: {
      api: given.ROLLBOOK_API_LIMIT,
      address: {
        anything: given.ROLLBOOK_ADDRESS_LIMIT,
        lti: given.ROLLBOOK_LTI_LIMIT,
        visitor: given.ROLLBOOK_VISITOR_LIMIT,
      },
    },
    allowPrivateNetwork: given.ROLLBOOK_ALLOW_PRIVATE_NETWORK,
    isWorker: given.ROLLBOOK_WORKER,
    /** The sign-in page then shows the demo's credentials. */
    isDemo: given.ROLLBOOK_DEMO,
    /** A line in the log for each request that was answered. */
    accessLog: given.ROLLBOOK_ACCESS_LOG,
    /** Where a worker without pages answers `/metrics`; absent: nowhere. */
    metricsPort: given.ROLLBOOK_METRICS_PORT,
    logLevel: given.ROLLBOOK_LOG_LEVEL,
  }));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Source = Record<string, string | undefined>;

/**
 * Reads and checks the settings; call it when a process starts, never while building.
 *
 * @throws EnvironmentInvalid naming each variable that is wrong
 */
export function readEnv(source: Source = process.env): Env {
  const parsed = environmentSchema.safeParse(withFiles(source));
  if (parsed.success) return parsed.data;
  throw new EnvironmentInvalid(
    parsed.error.issues.map((issue) => ({
      variable: String(issue.path[0]),
      reason: issue.message,
    })),
  );
}

/**
 * The secret kept in the data folder, made at the first call and readable by its owner alone.
 *
 * @throws EnvironmentInvalid  the file is there and holds less than a secret
 */
export function ensureSecret(dataDir: string): string {
  const file = path.join(dataDir, "secret");
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flush: true });
    keepFirst(draft, file);
    syncFolder(dataDir);
  }
  return checkedSecret(file);
}

// An empty one opens nothing, and what it seals is open to everybody.
function checkedSecret(file: string): string {
  const kept = readSecretFile("ROLLBOOK_DATA_DIR", file);
  if (kept.length >= minSecretLength) return kept;
  const reason =
    `has a file \`secret\` with ${kept.length} characters instead of ${minSecretLength} or more: ` +
    "put it back from a backup, or delete it if this installation has no data yet";
  throw new EnvironmentInvalid([{ variable: "ROLLBOOK_DATA_DIR", reason }]);
}

/** Makes sure that a new file's name outlives a power cut. Windows cannot, and needs not. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Of several processes that start at once, one gives the file its name, whole. */
function keepFirst(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

/** An empty variable counts as absent, as compose files write them. */
function withFiles(source: Source): Source {
  const given = Object.fromEntries(
    Object.keys(variables.shape).map((name) => [name, source[name]?.trim() || undefined]),
  );
  for (const name of secretVariables) {
    const file = source[`${name}_FILE`];
    if (file) given[name] ??= readSecretFile(`${name}_FILE`, file);
  }
  return given;
}

function readSecretFile(variable: string, file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new EnvironmentInvalid([{ variable, reason: "names a file that cannot be read" }]);
  }
}
