import { setTimeout as later } from "node:timers/promises";
import * as stored from "#lib/db/alerts/messages.ts";
import type { Caller } from "../caller.ts";
import { type Mail, sendMail } from "./mail.ts";
import { usableMailServer } from "./mail-server.ts";
import { quietUntil } from "./quiet-hours.ts";
import { watch } from "./watch.ts";

const WATCH_AGAIN_MS = 15_000;
const LOOK_AGAIN_MS = 2_000;
const NO_SERVER_MS = 60_000;
const GIVEN_UP_MS = 86_400_000;
const WAITS_MS = [30, 120, 600, 1_800, 3_600].map((seconds) => seconds * 1_000);

export type Alerting = { stop(): Promise<void> };

/** Watches for what is wrong and sends what is due; several processes share both. */
export function startAlerts(caller: Caller, onError: (error: unknown) => void): Alerting {
  const stopping = new AbortController();
  const { signal } = stopping;
  const every = async (ms: number, work: () => Promise<unknown>) => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => signal.aborted || onError(error));
      await later(ms, undefined, { signal }).catch(() => undefined);
    }
  };
  const going = [
    every(WATCH_AGAIN_MS, () => watch(caller)),
    every(LOOK_AGAIN_MS, () => sendDue(caller, signal)),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(going);
    },
  };
}

/**
 * Sends what is due, each message by one process. One that is killed between the server's answer
 * and its record sends that message again, with the same Message-ID.
 */
export async function sendDue(caller: Caller, signal?: AbortSignal): Promise<void> {
  const { db, now } = caller;
  while (!signal?.aborted) {
    const message = await stored.claimMessage(db, now());
    if (!message) return;
    const quiet = message.news === "test" ? null : quietUntil(message.rule, now());
    if (quiet) {
      await stored.recordMessage(db, message.id, { nextAt: quiet });
    } else {
      await send(caller, message);
    }
  }
}

/** Sends a message that this process has claimed; answers with why it could not. */
export async function send(caller: Caller, message: stored.DueMessage): Promise<string | null> {
  const { db, settings, now } = caller;
  const attempts = message.attempts + 1;
  try {
    const server = await usableMailServer(caller, db);
    if (!server) {
      const problem = "no mail server is set";
      await again(caller, message, { problem, waitMs: NO_SERVER_MS });
      return problem;
    }
    await sendMail(settings, server, mailOf(message, settings.publicUrl));
  } catch (error) {
    const problem = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    const waitMs = WAITS_MS[attempts - 1] ?? WAITS_MS.at(-1)!;
    await again(caller, { ...message, attempts }, { problem, waitMs });
    return problem;
  }
  await stored.recordMessage(db, message.id, { attempts, sentAt: now(), problem: null });
  return null;
}

async function again(
  { db, now }: Caller,
  { id, createdAt, attempts }: stored.DueMessage,
  { problem, waitMs }: { problem: string; waitMs: number },
): Promise<void> {
  const isOver = now().getTime() - createdAt.getTime() > GIVEN_UP_MS;
  await stored.recordMessage(db, id, {
    attempts,
    problem,
    ...(isOver ? { failedAt: now() } : { nextAt: new Date(now().getTime() + waitMs) }),
  });
}

export function subjectOf({ news, alert, rule }: stored.DueMessage): string {
  if (!alert) return `Test of the rule ${rule.name}`;
  const where = alert.registrationName ? `: ${alert.registrationName}` : "";
  return `${news === "closed" ? "Well again: " : ""}${alert.title}${where}`;
}

/** What it says is what is known when it is sent: meanwhile a cause may have met more courses. */
function mailOf(message: stored.DueMessage, publicUrl: string): Mail {
  const { id, news, alert, rule } = message;
  const lines = alert
    ? [
        news === "closed"
          ? `Well again since ${alert.closedAt?.toISOString()}. It was: ${alert.message}`
          : alert.message,
        "",
        ...(alert.courses > 0 ? [`Courses: ${alert.courses}`] : []),
        `Since: ${alert.openedAt.toISOString()}`,
        ...(news === "closed" ? [] : [`Who acts: ${alert.owner}`]),
        "",
        `${publicUrl}${alert.path}`,
      ]
    : [`Alerts of the rule ${rule.name} reach you.`, "", `${publicUrl}/settings/alerts`];
  return {
    to: rule.addresses,
    subject: `[Rollbook] ${subjectOf(message)}`.replaceAll(/[\r\n]+/g, " "),
    text: lines.join("\n"),
    messageId: `<alert-${id}@${new URL(publicUrl).hostname}>`,
  };
}
