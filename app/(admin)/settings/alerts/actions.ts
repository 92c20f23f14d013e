"use server";

import { z } from "zod";
import { done, formAction } from "../../../_server/forms/form-action.ts";
import { ifSeen, SeenVersion } from "../../../_server/forms/seen-version.ts";
import * as alerts from "#lib/operations/alerts/alerts.ts";
import { saveMailServer } from "#lib/operations/alerts/mail-server.ts";
import { ALERT_KINDS, MailServerInput } from "#lib/operations/alerts/schema.ts";
import { Id } from "#lib/operations/fields.ts";

const Rule = z.object({ ruleId: Id });
const hour = z.string().trim().optional();

const RuleForm = z.object({
  name: z.string(),
  addresses: z
    .string()
    .transform((text) => text.split(/[\s,;]+/).filter((address) => address !== "")),
  kinds: z.array(z.enum(ALERT_KINDS)).default([]),
  registrationIds: z.array(Id).default([]),
  quietFrom: hour,
  quietTo: hour,
  timeZone: z.string().default("UTC"),
});

export const acknowledge = formAction(z.object({ alertId: Id }), async (caller, input) => {
  await alerts.acknowledgeAlert(caller, input);
  return done("Acknowledged: it stays open until it is well");
});

export const addRule = formAction(RuleForm, async (caller, { quietFrom, quietTo, ...rule }) => {
  const quiet = { quietFrom: quietFrom || null, quietTo: quietTo || null };
  await alerts.createAlertRule(caller, { ...rule, ...quiet });
  return done("Rule added: what happens from now on is sent");
});

/** Fields that the form leaves out were emptied. */
export const saveRule = formAction(
  RuleForm.extend({ ...Rule.shape, ...SeenVersion.shape }),
  async (caller, { quietFrom, quietTo, ...rule }) => {
    const quiet = { quietFrom: quietFrom || null, quietTo: quietTo || null };
    return done("Rule saved", await alerts.editAlertRule(caller, { ...ifSeen(rule), ...quiet }));
  },
);

export const enableRule = formAction(Rule, async (caller, input) => {
  await alerts.editAlertRule(caller, { ...input, isEnabled: true });
  return done("Rule enabled");
});

export const disableRule = formAction(Rule, async (caller, input) => {
  await alerts.editAlertRule(caller, { ...input, isEnabled: false });
  return done("Rule disabled");
});

export const removeRule = formAction(Rule, async (caller, input) => {
  await alerts.deleteAlertRule(caller, input);
  return done("Rule deleted");
});

export const sendTest = formAction(Rule, async (caller, input) => {
  const { isSent, problem } = await alerts.testAlertRule(caller, input);
  return done(isSent ? "Test sent: the mail server took it" : `Test not sent: ${problem}`);
});

export const saveServer = formAction(
  z.object(MailServerInput.shape),
  async (caller, input) => {
    await saveMailServer(caller, input);
    return done("Mail server saved: send a test next");
  },
  { hideFields: ["password"] },
);
