import { z } from "zod";
import { Id, Timestamp, Version } from "../fields.ts";

/** What can be alerted of; the words of the inbox, and webhooks. */
export const ALERT_KINDS = [
  "failure",
  "unverified",
  "hold",
  "rejected",
  "difference",
  "conflict",
  "stale",
  "key",
  "webhook",
  "pending_registration",
  "pending_deployment",
  "pending_origin",
] as const;
const Kind = z.enum(ALERT_KINDS);
export type AlertKind = z.infer<typeof Kind>;

export const AlertView = z
  .object({
    id: Id,
    kind: Kind,
    code: z.string(),
    registrationId: Id.nullable(),
    registrationName: z.string().nullable(),
    title: z.string(),
    message: z.string(),
    owner: z.string().meta({ description: "who must act" }),
    path: z.string().meta({ description: "where the console shows it" }),
    count: z.number().int(),
    courses: z.number().int(),
    openedAt: Timestamp,
    closedAt: Timestamp.nullable(),
    lastSentAt: Timestamp.nullable(),
    acknowledgedAt: Timestamp.nullable(),
    acknowledgedBy: z.string().nullable(),
  })
  .meta({ id: "Alert" });
export type AlertView = z.infer<typeof AlertView>;

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is a time such as 22:00")
  .nullable();
const timeZone = z
  .string()
  .max(60)
  .refine((zone) => isZone(zone), "is a time zone such as Europe/Berlin");

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

const fields = {
  name: z.string().trim().min(1, "name is required").max(100),
  addresses: z
    .array(z.email("is not an e-mail address").max(254))
    .min(1, "name at least one address")
    .max(20),
  kinds: z.array(Kind).meta({ description: "none: everything" }),
  registrationIds: z.array(Id).max(100).meta({ description: "none: of all registrations" }),
  quietFrom: time.meta({ description: "what is opened in quiet hours is sent at their end" }),
  quietTo: time,
  timeZone,
  isEnabled: z.boolean(),
};

export const AlertRuleInput = z
  .object({
    ...fields,
    kinds: fields.kinds.default([]),
    registrationIds: fields.registrationIds.default([]),
    quietFrom: fields.quietFrom.default(null),
    quietTo: fields.quietTo.default(null),
    timeZone: timeZone.default("UTC"),
    isEnabled: fields.isEnabled.default(true),
  })
  .meta({ id: "AlertRuleInput" });
export type AlertRuleInput = z.input<typeof AlertRuleInput>;

export const AlertRuleChanges = z
  .object(fields)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, "must name something to change")
  .meta({ id: "AlertRuleChanges" });
export type AlertRuleChanges = z.infer<typeof AlertRuleChanges>;

export const AlertRuleView = z
  .object({ id: Id, ...fields, version: Version, createdBy: z.string(), createdAt: Timestamp })
  .meta({ id: "AlertRule" });
export type AlertRuleView = z.infer<typeof AlertRuleView>;

export const AlertMessageView = z
  .object({
    id: z.string(),
    news: z.enum(["opened", "closed", "test"]),
    subject: z.string(),
    rule: z.string(),
    addresses: z.array(z.string()),
    state: z.enum(["waiting", "sent", "failed"]),
    attempts: z.number().int(),
    problem: z.string().nullable(),
    nextAt: Timestamp.nullable(),
    sentAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: "AlertMessage" });
export type AlertMessageView = z.infer<typeof AlertMessageView>;

/** What came of a test, at once. */
export const AlertTestResult = z
  .object({
    isSent: z.boolean().meta({ description: "the mail server took it" }),
    problem: z.string().nullable().meta({ description: "why not, in its words" }),
  })
  .meta({ id: "AlertTestResult" });
export type AlertTestResult = z.infer<typeof AlertTestResult>;

export const MailServerInput = z
  .object({
    host: z.string().trim().min(1, "host is required").max(253),
    port: z.coerce.number().int().min(1).max(65_535),
    security: z.enum(["tls", "starttls", "none"]).meta({
      description: "tls: from the start; starttls: required; none: only on a private network",
    }),
    user: z.string().max(300).default(""),
    password: z
      .string()
      .max(1_000)
      .optional()
      .meta({ description: "kept sealed; left out, the one that is kept stays" }),
    from: z.email("is not an e-mail address").max(254),
  })
  .meta({ id: "MailServerInput" });
export type MailServerInput = z.input<typeof MailServerInput>;

export const MailServerView = z
  .object({
    host: z.string(),
    port: z.number().int(),
    security: MailServerInput.shape.security,
    user: z.string(),
    hasPassword: z.boolean(),
    source: z.enum(["environment", "settings"]).meta({
      description: "environment: by `ROLLBOOK_SMTP_URL`; it cannot be changed here",
    }),
    from: z.string(),
  })
  .meta({ id: "MailServer" });
export type MailServerView = z.infer<typeof MailServerView>;

/** What a mail is handed to. */
export type MailServer = Pick<MailServerView, "host" | "port" | "security" | "user" | "from"> & {
  password: string;
};

export const AlertBoard = z
  .object({
    open: z.array(AlertView),
    closed: z.array(AlertView).meta({ description: "the latest first, 50 at most" }),
    rules: z.array(AlertRuleView),
    messages: z.array(AlertMessageView).meta({ description: "the latest first, 50 at most" }),
    mailServer: MailServerView.nullable(),
  })
  .meta({ id: "AlertBoard" });
export type AlertBoard = z.infer<typeof AlertBoard>;
