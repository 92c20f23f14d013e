import * as alerts from "#lib/operations/alerts/alerts.ts";
import { saveMailServer } from "#lib/operations/alerts/mail-server.ts";
import {
  AlertBoard,
  AlertRuleChanges,
  AlertRuleInput,
  AlertRuleView,
  AlertTestResult,
  AlertView,
  MailServerInput,
  MailServerView,
} from "#lib/operations/alerts/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Delivery";

export const alertRoutes = [
  defineRoute("GET", "/alerts", {
    id: "getAlerts",
    tag,
    summary: "Read the open alerts, who is told, and what was sent",
    description:
      "One alert for one cause, however many courses it meets. It is open until the cause is gone for a minute.",
    result: AlertBoard,
    operate: alerts.getAlerts,
  }),
  defineRoute("POST", "/alerts/{alertId}/acknowledge", {
    id: "acknowledgeAlert",
    tag,
    summary: "Say that somebody looks after an alert",
    result: AlertView,
    operate: alerts.acknowledgeAlert,
  }),
  defineRoute("POST", "/alert-rules", {
    id: "createAlertRule",
    tag,
    summary: "Send alerts by mail from now on",
    body: AlertRuleInput,
    example: {
      name: "Operators",
      addresses: ["lti@example.edu"],
      quietFrom: "22:00",
      quietTo: "07:00",
      timeZone: "Europe/Berlin",
    },
    status: 201,
    result: AlertRuleView,
    location: () => "/alerts",
    operate: alerts.createAlertRule,
  }),
  defineRoute("PATCH", "/alert-rules/{ruleId}", {
    id: "editAlertRule",
    tag,
    summary: "Change a rule of alerts",
    body: AlertRuleChanges,
    example: { isEnabled: false },
    result: AlertRuleView,
    version: (rule: AlertRuleView) => rule.version,
    operate: alerts.editAlertRule,
  }),
  defineRoute("DELETE", "/alert-rules/{ruleId}", {
    id: "deleteAlertRule",
    tag,
    summary: "Delete a rule of alerts and the record of what was sent by it",
    result: AlertRuleView,
    operate: alerts.deleteAlertRule,
  }),
  defineRoute("POST", "/alert-rules/{ruleId}/test", {
    id: "testAlertRule",
    tag,
    summary: "Send a test by the way that alerts go, at once",
    result: AlertTestResult,
    operate: alerts.testAlertRule,
  }),
  defineRoute("PUT", "/mail-server", {
    id: "saveMailServer",
    tag,
    summary: "Set the mail server that alerts are handed to",
    description:
      "The password is sealed and never shown; left out, the one that is kept stays. 409 where the environment says it (`ROLLBOOK_SMTP_URL`).",
    body: MailServerInput,
    example: {
      host: "smtp.example.edu",
      port: 587,
      security: "starttls",
      user: "rollbook",
      password: "…",
      from: "rollbook@example.edu",
    },
    result: MailServerView,
    operate: saveMailServer,
  }),
];
