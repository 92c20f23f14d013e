import { Ban, CircleCheck, Hourglass } from "lucide-react";
import type { AlertMessageView } from "#lib/operations/alerts/schema.ts";
import type { WebhookView } from "#lib/operations/webhooks/schema.ts";
import type { Table } from "../shown.ts";

export const WEBHOOK_STATES: Table<WebhookView["state"]> = {
  delivering: { tone: "ok", icon: CircleCheck, word: "Delivering" },
  failing: { tone: "warn", icon: Hourglass, word: "Not accepted" },
  disabled: { tone: "bad", icon: Ban, word: "Disabled" },
};

export const ALERT_MESSAGE_STATES: Table<AlertMessageView["state"]> = {
  waiting: { tone: "active", icon: Hourglass, word: "Waiting" },
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  failed: { tone: "bad", icon: Ban, word: "Given up" },
};
