import { actorName } from "#lib/auth/actor.ts";
import * as stored from "#lib/db/alerts/alerts.ts";
import * as messages from "#lib/db/alerts/messages.ts";
import * as rules from "#lib/db/alerts/rules.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { audit } from "../audit/trail.ts";
import { byId } from "../by-id.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { validated } from "../validated.ts";
import { checkVersion, type Expected, versionOf } from "../version.ts";
import { send, subjectOf } from "./deliver.ts";
import { shownMailServer } from "./mail-server.ts";
import {
  type AlertBoard,
  type AlertMessageView,
  AlertRuleChanges,
  AlertRuleInput,
  type AlertRuleView,
  type AlertTestResult,
  type AlertView,
} from "./schema.ts";

const SHOWN = 50;

type RuleId = { ruleId: string };

/** What is open and what was, who is told, and what was sent. */
export async function getAlerts(asker: Asker): Promise<AlertBoard> {
  const caller = await permit(asker, "admin", "everywhere");
  const { db } = caller;
  const [open, closed, kept, sent, server] = await Promise.all([
    stored.openAlerts(db),
    stored.closedAlerts(db, SHOWN),
    rules.listRules(db),
    messages.listMessages(db, SHOWN),
    shownMailServer(caller, db),
  ]);
  const last = await messages.lastSent(
    db,
    [...open, ...closed].map(({ id }) => id),
  );
  const view = (alert: stored.Alert) => viewOf(alert, last.get(alert.id));
  return {
    open: open.map(view),
    closed: closed.map(view),
    rules: kept.map(ruleView),
    messages: sent.map(messageView),
    mailServer: server,
  };
}

/** Says that somebody looks after it; it stays open until it is well. */
export async function acknowledgeAlert(
  asker: Asker,
  { alertId }: { alertId: string },
): Promise<AlertView> {
  const caller = await permit(asker, "admin", "everywhere");
  return transaction(caller.db, async (tx) => {
    const { id, title } = await byId("alert", alertId, (each) => stored.findAlert(tx, each));
    const by = { acknowledgedAt: caller.now(), acknowledgedBy: actorName(caller.actor) };
    const changed = await stored.updateAlert(tx, id, by);
    const deed = { action: "alert.acknowledge", object: "alert", objectId: id };
    await audit(tx, caller, { ...deed, detail: { title } });
    return viewOf(changed, (await messages.lastSent(tx, [id])).get(id));
  });
}

export async function createAlertRule(asker: Asker, input: AlertRuleInput): Promise<AlertRuleView> {
  const caller = await permit(asker, "admin", "everywhere");
  const given = validated(AlertRuleInput, input);
  return transaction(caller.db, async (tx) => {
    const createdBy = actorName(caller.actor);
    const made = await rules.insertRule(tx, { ...given, createdBy });
    await auditRule(tx, caller, "alert_rule.create", made);
    return ruleView(made);
  });
}

/**
 * What is left out keeps its value.
 *
 * @throws VersionMismatch  somebody changed it since
 */
export async function editAlertRule(
  asker: Asker,
  { ruleId, ifVersion, ...changes }: RuleId & Expected & AlertRuleChanges,
): Promise<AlertRuleView> {
  const caller = await permit(asker, "admin", "everywhere");
  const given = validated(AlertRuleChanges, changes);
  return transaction(caller.db, async (tx) => {
    const before = await byId("alert rule", ruleId, (id) => rules.lockRule(tx, id));
    checkVersion({ ifVersion }, editableFields(before));
    const changed = await rules.updateRule(tx, before.id, given);
    await auditRule(tx, caller, "alert_rule.edit", changed);
    return ruleView(changed);
  });
}

/** What was sent by it goes from the record too. */
export async function deleteAlertRule(asker: Asker, { ruleId }: RuleId): Promise<AlertRuleView> {
  const caller = await permit(asker, "admin", "everywhere");
  return transaction(caller.db, async (tx) => {
    const rule = await requiredRule(tx, ruleId);
    await rules.deleteRule(tx, rule.id);
    await auditRule(tx, caller, "alert_rule.delete", rule);
    return ruleView(rule);
  });
}

/**
 * Sends a test to the rule's addresses by the way that alerts go, at once. One that the mail server
 * does not take is tried again like any other message.
 */
export async function testAlertRule(asker: Asker, { ruleId }: RuleId): Promise<AlertTestResult> {
  const caller = await permit(asker, "admin", "everywhere");
  const id = await transaction(caller.db, async (tx) => {
    const rule = await requiredRule(tx, ruleId);
    await auditRule(tx, caller, "alert_rule.test", rule);
    const message = { ruleId: rule.id, news: "test", nextAt: caller.now() };
    return messages.insertMessage(tx, message);
  });
  const claimed = await messages.claimMessage(caller.db, caller.now(), id);
  // Another process looked round in the moment between, and sends it.
  if (!claimed) return { isSent: false, problem: "it is being sent by another process" };
  const problem = await send(caller, claimed);
  return { isSent: problem === null, problem };
}

async function requiredRule(tx: Db, ruleId: string): Promise<rules.AlertRule> {
  return byId("alert rule", ruleId, (id) => rules.findRule(tx, id));
}

async function auditRule(
  tx: Db,
  caller: Caller,
  action: string,
  { id, name, addresses }: rules.AlertRule,
): Promise<void> {
  const detail = { name, addresses };
  await audit(tx, caller, { action, object: "alert_rule", objectId: id, detail });
}

function viewOf(alert: stored.Alert, lastSentAt: Date | undefined): AlertView {
  const { id, kind, code, registrationId, registrationName, title, message } = alert;
  const { owner, path, count, courses, openedAt, closedAt, acknowledgedAt } = alert;
  return {
    ...{ id, code, registrationId, registrationName, title, message, owner, path, count, courses },
    kind: kind as AlertView["kind"],
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    lastSentAt: lastSentAt?.toISOString() ?? null,
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: alert.acknowledgedBy,
  };
}

function ruleView(rule: rules.AlertRule): AlertRuleView {
  const fields = editableFields(rule);
  return {
    ...rule,
    ...fields,
    version: versionOf(fields),
    createdAt: rule.createdAt.toISOString(),
  };
}

/** But for whether it is on: to set that over another's setting loses nothing. */
function editableFields(rule: rules.AlertRule) {
  const { name, addresses, kinds, registrationIds, quietFrom, quietTo, timeZone } = rule;
  return {
    ...{ name, addresses, kinds: kinds as AlertRuleView["kinds"], registrationIds },
    ...{ quietFrom, quietTo, timeZone },
  };
}

function messageView(message: messages.DueMessage): AlertMessageView {
  const { id, news, rule, attempts, problem, nextAt, sentAt, failedAt, createdAt } = message;
  const state = sentAt ? "sent" : failedAt ? "failed" : "waiting";
  return {
    id: String(id),
    news: news as AlertMessageView["news"],
    subject: subjectOf(message),
    rule: rule.name,
    addresses: rule.addresses,
    state,
    attempts,
    problem,
    nextAt: state === "waiting" ? nextAt.toISOString() : null,
    sentAt: sentAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
