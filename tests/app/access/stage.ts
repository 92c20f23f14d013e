import type { Right, Role } from "#lib/auth/rights.ts";
import type { ApiKeyCreated } from "#lib/operations/operators/api-key-schema.ts";
import type { OperatorView } from "#lib/operations/operators/schema.ts";
import type { Api, Asked } from "#tests/support/api.ts";
import { createCourse } from "../api/inputs.ts";

export const NOBODY = "01939f2e-0000-7000-8000-000000000000";
const PASSWORD = "a password of the tests";

/** How somebody asks, and what they may do. */
export type Somebody = { rights: readonly Right[]; asked: Asked };

const OPERATOR_RIGHTS: readonly Right[] = [
  "read",
  "scores:write",
  "runs:write",
  "registrations:write",
];

const RIGHTS_OF: Record<Role, readonly Right[]> = {
  viewer: ["read"],
  operator: OPERATOR_RIGHTS,
  admin: [...OPERATOR_RIGHTS, "admin"],
};

/** A person of a role, signed in and asking from our own page. */
export async function personOf(
  api: Api,
  role: Role,
  access: Partial<Pick<OperatorView, "seesNames" | "registrationIds">> = {},
): Promise<Somebody & { id: string; email: string; cookie: string }> {
  const email = `${role}-${crypto.randomUUID()}@example.edu`;
  const json = { name: role, email, password: PASSWORD, role, ...access };
  const { body } = await api.ask<OperatorView>("POST", "/operators", { json });
  const signedIn = await api.runtime.signIn.signIn({ email, password: PASSWORD }, new Headers());
  const cookie = signedIn.setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  return { id: body.id, email, cookie, rights: RIGHTS_OF[role], asked: { key: null, headers } };
}

/** Makes the last proof of who somebody is older than it may be. */
export async function letProofAge(api: Api, operatorId: string): Promise<void> {
  const provenAt = new Date(Date.now() - 16 * 60_000);
  await api.runtime.db.prisma.session.updateMany({
    where: { userId: operatorId },
    data: { provenAt },
  });
}

/** A key with these scopes. */
export async function keyOf(
  api: Api,
  scopes: readonly Right[],
  fields: object = {},
): Promise<Somebody & { id: string; key: string }> {
  const json = { name: scopes.join(" "), scopes, ...fields };
  const { body } = await api.ask<ApiKeyCreated>("POST", "/api-keys", { json });
  const rights = scopes.includes("admin") ? [...RIGHTS_OF.admin, ...scopes] : scopes;
  return { id: body.id, key: body.key, rights, asked: { key: body.key } };
}

export type Objects = Record<string, string>;

/** One of everything that belongs to a registration, by the names of the API's parameters. */
export async function objectsOfOneRegistration(api: Api): Promise<Objects> {
  const course = await createCourse(api);
  const { id: courseId, registrationId } = course;
  const line = { url: `${course.lineItemsUrl}/1`, label: "Quiz 1", scoreMaximum: 10 };
  const lineItem = await api.ask<{ id: string }>("POST", `/courses/${courseId}/line-items`, {
    json: line,
  });
  const started = await api.ask<{ run: { id: string } }>("POST", "/runs", {
    json: { kind: "roster_sync", courseId, isPreview: true },
  });
  const schedule = await api.ask<{ id: string }>("POST", "/schedules", {
    json: { kind: "roster_sync", cron: "0 2 * * *", timeZone: "UTC", courseId },
  });
  const { prisma } = api.runtime.db;
  const runId = started.body.run.id;
  await prisma.runCourse.create({ data: { runId, courseId, position: 0 } });
  const hold = await prisma.hold.create({
    data: { runId, courseId, registrationId, rule: "share", removals: 1, membersBefore: 2 },
  });
  const operation = await prisma.bulkOperation.create({
    data: {
      action: "runs.cancel",
      filter: { registrationId },
      startedBy: "test",
      actor: {},
      untouched: [],
      total: 0,
    },
  });
  const deployment = await prisma.deployment.findFirstOrThrow({ where: { registrationId } });
  return {
    registrationId,
    courseId,
    runId,
    lineItemId: lineItem.body.id,
    scheduleId: schedule.body.id,
    holdId: hold.id,
    operationId: operation.id,
    deploymentId: deployment.id,
    userId: "u-1",
  };
}
