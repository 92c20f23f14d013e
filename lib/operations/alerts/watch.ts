import * as stored from "#lib/db/alerts/alerts.ts";
import { insertMessage, withdrawUnsent } from "#lib/db/alerts/messages.ts";
import { type AlertRule, listRules } from "#lib/db/alerts/rules.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { lock } from "#lib/db/locks/locks.ts";
import type { Caller } from "../caller.ts";
import { inbox } from "../overview/inbox.ts";
import type { Attention } from "../overview/overview-schema.ts";
import { quietUntil } from "./quiet-hours.ts";

/** What is gone for so long is well again: between two runs a cause may be away for a moment. */
const WELL_AFTER_MS = 60_000;

type Condition = Omit<stored.NewAlert, "openedAt" | "seenAt"> & { since: Date };

/**
 * Compares what is wrong now with the alerts that are open: one alert for one cause, whatever it
 * meets, and one message for each rule when it opens and when it is well again. Alerts and their
 * messages are written together, by one process at a time.
 */
export async function watch(caller: Caller): Promise<void> {
  await transaction(caller.db, async (tx) => {
    await lock(tx, "alerts");
    const { conditions, isCapped } = await conditionsNow({ ...caller, db: tx });
    const now = caller.now();
    const rules = (await listRules(tx)).filter(({ isEnabled }) => isEnabled);
    const open = await stored.openAlerts(tx);
    const unwell = unwellOf(open);
    const byCause = new Map(open.map((alert) => [alert.cause, alert]));
    for (const { since, ...condition } of conditions) {
      const known = byCause.get(condition.cause);
      byCause.delete(condition.cause);
      if (known) await stored.updateAlert(tx, known.id, { ...condition, seenAt: now });
      else await opened(tx, { ...condition, openedAt: since, seenAt: now }, { rules, now });
    }
    for (const gone of byCause.values()) {
      // What a list cut off may still be there.
      if (isCapped || now.getTime() - gone.seenAt.getTime() < WELL_AFTER_MS) continue;
      await closed(tx, gone, { rules, now });
    }
    await tellHealth(tx, unwell, await stored.openAlerts(tx));
  });
}

type At = { rules: AlertRule[]; now: Date };

async function opened(tx: Db, alert: stored.NewAlert, { rules, now }: At): Promise<void> {
  const made = await stored.insertAlert(tx, alert);
  await tell(tx, "alert.opened", made);
  for (const rule of rules.filter((each) => isFor(each, made))) {
    const nextAt = quietUntil(rule, now) ?? now;
    await insertMessage(tx, { alertId: made.id, ruleId: rule.id, news: "opened", nextAt });
  }
}

/** Who was not told of it is not told of its end either. */
async function closed(tx: Db, alert: stored.Alert, { rules, now }: At): Promise<void> {
  const told = await withdrawUnsent(tx, alert.id);
  const made = await stored.updateAlert(tx, alert.id, { closedAt: now });
  await tell(tx, "alert.closed", made);
  for (const rule of rules.filter(({ id }) => told.includes(id))) {
    const nextAt = quietUntil(rule, now) ?? now;
    await insertMessage(tx, { alertId: alert.id, ruleId: rule.id, news: "closed", nextAt });
  }
}

function isFor({ kinds, registrationIds }: AlertRule, alert: stored.Alert): boolean {
  const isKind = kinds.length === 0 || kinds.includes(alert.kind);
  if (registrationIds.length === 0) return isKind;
  return isKind && alert.registrationId !== null && registrationIds.includes(alert.registrationId);
}

async function tell(
  tx: Db,
  type: "alert.opened" | "alert.closed",
  alert: stored.Alert,
): Promise<void> {
  const { id: alertId, registrationId, kind, code, title, message, count, courses } = alert;
  const data = { alertId, kind, code, title, message, count, courses };
  await stored.feedAlert(tx, type, { registrationId, data });
}

const UNWELL = ["failure", "unverified"];

function unwellOf(alerts: readonly stored.Alert[]): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  for (const { registrationId, kind, code } of alerts) {
    if (registrationId === null || !UNWELL.includes(kind)) continue;
    codes.set(registrationId, [...(codes.get(registrationId) ?? []), code]);
  }
  return codes;
}

/** A registration that begins to fail, or is well again, whatever the causes are. */
async function tellHealth(
  tx: Db,
  before: Map<string, string[]>,
  open: readonly stored.Alert[],
): Promise<void> {
  const after = unwellOf(open);
  for (const registrationId of new Set([...before.keys(), ...after.keys()])) {
    if (before.has(registrationId) === after.has(registrationId)) continue;
    const data = { isHealthy: !after.has(registrationId), causes: after.get(registrationId) ?? [] };
    await stored.feedAlert(tx, "registration.health_changed", { registrationId, data });
  }
}

async function conditionsNow(
  caller: Caller,
): Promise<{ conditions: Condition[]; isCapped: boolean }> {
  const { entries, isCapped } = await inbox(caller);
  const webhooks = await stored.failedWebhooks(caller.db);
  const byCause = new Map<string, Condition>();
  for (const entry of entries) {
    const condition = conditionOf(entry);
    byCause.set(condition.cause, condition);
  }
  for (const { id, name, disabledAt, disabledReason } of webhooks) {
    const why = disabledReason === "gone" ? "answered 410" : "accepted nothing for a day";
    byCause.set(`webhook ${id}`, {
      cause: `webhook ${id}`,
      kind: "webhook",
      code: "webhook.disabled",
      registrationId: null,
      registrationName: null,
      title: `Webhook ${name} is disabled`,
      message: `its receiver ${why}; changes wait for it until somebody enables it`,
      owner: "You, the operator",
      path: "/settings/webhooks",
      count: 1,
      courses: 0,
      since: disabledAt!,
    });
  }
  return { conditions: [...byCause.values()], isCapped };
}

function conditionOf(entry: Attention): Condition {
  const { kind, code, registrationId, registrationName, title, message, owner, path } = entry;
  const thing = entry.deploymentId ?? entry.originId ?? "";
  return {
    cause: [kind, code, registrationId ?? "", thing].join(" "),
    kind,
    code,
    registrationId,
    registrationName,
    title,
    message,
    owner,
    path,
    count: entry.count,
    courses: entry.courses,
    since: new Date(entry.since),
  };
}
