import { randomUUID } from "node:crypto";
import { Course } from "#tests/support/platform/course.ts";
import {
  base,
  contextClaims,
  serviceClaims,
  sign,
} from "#tests/support/platform/launch/id-token.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { CLAIM } from "#tests/support/platform/wire.ts";

type Copy = { contextId: string; copyId: string; title?: string; noticeId?: string };

/** Copies a course with its columns, and tells the tools that asked to hear of it (PNS §4). */
export async function copyCourse(
  state: PlatformState,
  { contextId, copyId, title, noticeId }: Copy,
) {
  const origin = state.courses.get(contextId);
  if (!origin) throw new Error(`no course ${contextId}`);
  const columns = [...origin.lineItems.values()].map(({ fields }) => fields);
  const input = { ...origin.input, lineItems: 0, title: title ?? `${origin.input.title} (copy)` };
  const copy = state.courses.get(copyId) ?? new Course(copyId, input, state);
  if (!state.courses.has(copyId)) {
    for (const { label, scoreMaximum, resourceId, tag } of columns) {
      copy.addLineItem({ label, scoreMaximum, resourceId, tag });
    }
    state.courses.set(copyId, copy);
  }
  const answers = [];
  for (const { clientId, deploymentId, type, handler } of state.noticeHandlers) {
    if (type !== "LtiContextCopyNotice" || !origin.admits(clientId)) continue;
    const claims = {
      ...base(state, clientId),
      jti: randomUUID(),
      nonce: randomUUID(),
      [CLAIM.version]: "1.3.0",
      [CLAIM.deploymentId]: deploymentId,
      [CLAIM.notice]: { id: noticeId ?? randomUUID(), timestamp: new Date().toISOString(), type },
      [CLAIM.originContexts]: [contextId],
      ...contextClaims(copy),
      ...serviceClaims(copy),
    };
    const facts = { route: "notice_handlers" as const, method: "POST", clientId, contextId };
    const jwt = await sign(state, facts, claims);
    const reply = await fetch(handler, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ notices: [{ jwt }] }),
    });
    answers.push({ clientId, status: reply.status, body: await reply.text() });
  }
  return { contextId: copyId, lineItemsUrl: copy.lineItemsUrl, notices: answers };
}
