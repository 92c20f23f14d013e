import { z } from "zod";
import { FEED_TYPE_NAMES } from "#lib/db/feed/types.ts";
import { Id, pageOf, Timestamp, Version } from "../fields.ts";

const ChangeType = z.enum(FEED_TYPE_NAMES);

const fields = {
  name: z.string().trim().min(1, "name is required").max(100),
  url: z.url({ protocol: /^https?$/, error: "is not an http or https address" }).max(2_000),
  types: z
    .array(ChangeType)
    .transform((types) => [...new Set(types)])
    .meta({ description: "which changes are posted; none: all" }),
  registrationIds: z.array(Id).max(100).meta({ description: "none: of all registrations" }),
  hasNames: z.boolean().meta({
    description: "members come with names and e-mail addresses; only who sees them may say so",
  }),
};

export const WebhookInput = z
  .object({
    ...fields,
    types: fields.types.default([]),
    registrationIds: fields.registrationIds.default([]),
    hasNames: fields.hasNames.default(false),
  })
  .meta({ id: "WebhookInput" });
export type WebhookInput = z.input<typeof WebhookInput>;

export const WebhookChanges = z
  .object({ ...fields, isEnabled: z.boolean() })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, "must name something to change")
  .meta({
    id: "WebhookChanges",
    description:
      "what is left out keeps its value; `isEnabled` true goes on where the receiver had accepted everything",
  });
export type WebhookChanges = z.infer<typeof WebhookChanges>;

export const WebhookView = z
  .object({
    id: Id,
    ...fields,
    types: z.array(ChangeType),
    state: z.enum(["delivering", "failing", "disabled"]).meta({
      description:
        "failing: the receiver does not accept an event, which is tried again and holds back those after it",
    }),
    disabledReason: z
      .enum(["operator", "gone", "failing"])
      .nullable()
      .meta({ description: "gone: it answered 410; failing: it accepted nothing for a day" }),
    attempts: z.number().int().meta({ description: "at the event that it does not accept" }),
    failingSince: Timestamp.nullable(),
    nextAttemptAt: Timestamp.nullable(),
    told: z.string().meta({ description: "the cursor of the feed up to which it accepted all" }),
    waiting: z.number().int().meta({ description: "numbers of the feed after that" }),
    skipped: z.object({ events: z.number().int(), at: Timestamp }).nullable().meta({
      description:
        "it was off for longer than the feed is kept: so many numbers of the feed were never posted",
    }),
    formerSecretUntil: Timestamp.nullable(),
    version: Version,
    createdBy: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: "Webhook" });
export type WebhookView = z.infer<typeof WebhookView>;

export const WebhookPage = pageOf(WebhookView);

const Secret = z.string().meta({ description: "whsec_…, shown once; it signs what is posted" });

export const WebhookCreated = WebhookView.extend({ secret: Secret }).meta({ id: "WebhookCreated" });
export type WebhookCreated = z.infer<typeof WebhookCreated>;

export const SecretRotation = z
  .object({
    overlapHours: z.coerce
      .number()
      .int()
      .min(0)
      .max(24 * 30)
      .meta({ description: "for so long the present secret signs beside the new one" }),
  })
  .meta({ id: "WebhookSecretRotation" });
export type SecretRotation = z.input<typeof SecretRotation>;

/** One attempt to deliver one event. */
export const DeliveryView = z
  .object({
    id: z.string(),
    eventId: z.string(),
    type: z.string(),
    reason: z.enum(["change", "test"]),
    attempt: z.number().int(),
    isDelivered: z.boolean(),
    httpStatus: z.number().int().nullable(),
    problem: z.string().nullable().meta({ description: "why there was no answer" }),
    answer: z.string().meta({ description: "the first 1,000 characters of it" }),
    milliseconds: z.number().int(),
    at: Timestamp,
  })
  .meta({ id: "WebhookDelivery" });
export type DeliveryView = z.infer<typeof DeliveryView>;

export const DeliveryPage = pageOf(DeliveryView);

export const Replay = z
  .object({
    after: z
      .string()
      .regex(/^\d{1,18}$/, "is not a cursor of the feed")
      .optional()
      .meta({ description: "a cursor of the feed, such as the number in an event's ID, less one" }),
    since: Timestamp.optional().meta({ description: "or all since this moment" }),
  })
  .refine(({ after, since }) => (after === undefined) !== (since === undefined), {
    path: ["after"],
    message: "give either a cursor or a moment",
  })
  .meta({ id: "WebhookReplay" });
export type Replay = z.infer<typeof Replay>;
