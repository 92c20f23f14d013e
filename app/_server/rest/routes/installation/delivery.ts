import { readFeed } from "#lib/operations/feed/feed.ts";
import { FeedPage, FeedQuery } from "#lib/operations/feed/schema.ts";
import * as deliveries from "#lib/operations/webhooks/deliveries.ts";
import {
  DeliveryPage,
  DeliveryView,
  Replay,
  SecretRotation,
  WebhookChanges,
  WebhookCreated,
  WebhookInput,
  WebhookPage,
  WebhookView,
} from "#lib/operations/webhooks/schema.ts";
import * as webhooks from "#lib/operations/webhooks/webhooks.ts";
import { PageQuery } from "#lib/operations/fields.ts";
import { defineRoute } from "../../route.ts";

const tag = "Delivery";
const version = (webhook: WebhookView) => webhook.version;

export const deliveryRoutes = [
  defineRoute("GET", "/changes", {
    id: "readChanges",
    tag,
    summary: "Read what changed after a cursor, oldest first",
    description:
      "Keep `nextCursor` once what it came with is stored, and ask again with it as `after`: each change comes at least once, those of a course in their order. Names are left out for who may not see them. 410 where changes after the cursor are no longer kept.",
    query: FeedQuery,
    result: FeedPage,
    operate: readFeed,
  }),
  defineRoute("GET", "/webhooks", {
    id: "listWebhooks",
    tag,
    summary: "List the endpoints that changes are posted to",
    query: PageQuery,
    result: WebhookPage,
    operate: webhooks.listWebhooks,
  }),
  defineRoute("POST", "/webhooks", {
    id: "createWebhook",
    tag,
    summary: "Post changes to an endpoint from now on",
    description:
      "Each change is posted by Standard Webhooks, one after the other in the order of the feed, until the endpoint answers 2xx. What it does not accept is tried again for a day and holds back what comes after; 410 disables it at once.",
    body: WebhookInput,
    example: {
      name: "Grade book",
      url: "https://tool.example.edu/hooks/rollbook",
      types: ["member.added", "score.rejected"],
    },
    tellsSecret: true,
    status: 201,
    result: WebhookCreated,
    location: ({ id }) => `/webhooks/${id}`,
    operate: webhooks.createWebhook,
  }),
  defineRoute("GET", "/webhooks/{webhookId}", {
    id: "getWebhook",
    tag,
    summary: "Read an endpoint and how delivery to it goes",
    result: WebhookView,
    version,
    operate: webhooks.getWebhook,
  }),
  defineRoute("PATCH", "/webhooks/{webhookId}", {
    id: "editWebhook",
    tag,
    summary: "Change, disable or enable an endpoint",
    body: WebhookChanges,
    example: { types: ["score.rejected"], isEnabled: true },
    result: WebhookView,
    version,
    operate: webhooks.editWebhook,
  }),
  defineRoute("DELETE", "/webhooks/{webhookId}", {
    id: "deleteWebhook",
    tag,
    summary: "Delete an endpoint and the log of its deliveries",
    result: WebhookView,
    operate: webhooks.deleteWebhook,
  }),
  defineRoute("POST", "/webhooks/{webhookId}/rotate-secret", {
    id: "rotateWebhookSecret",
    tag,
    summary: "Make a new secret; the present one signs too for a while",
    body: SecretRotation,
    example: { overlapHours: 24 },
    tellsSecret: true,
    result: WebhookCreated,
    operate: webhooks.rotateWebhookSecret,
  }),
  defineRoute("POST", "/webhooks/{webhookId}/test", {
    id: "testWebhook",
    tag,
    summary: "Post a test event now",
    result: DeliveryView,
    operate: deliveries.testWebhook,
  }),
  defineRoute("GET", "/webhooks/{webhookId}/deliveries", {
    id: "listWebhookDeliveries",
    tag,
    summary: "List attempts to deliver, newest first",
    query: PageQuery,
    result: DeliveryPage,
    operate: deliveries.listWebhookDeliveries,
  }),
  defineRoute("POST", "/webhooks/{webhookId}/replay", {
    id: "replayWebhook",
    tag,
    summary: "Post everything after a cursor, or since a moment, once more",
    body: Replay,
    example: { since: "2026-11-30T08:00:00.000Z" },
    result: WebhookView,
    operate: deliveries.replayWebhook,
  }),
];
