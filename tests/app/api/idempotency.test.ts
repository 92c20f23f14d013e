import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { ApiKeyCreated } from "#lib/operations/operators/api-key-schema.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import type { LineItemView } from "#lib/operations/line-items/schema.ts";
import type { ScheduleView } from "#lib/operations/schedules/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { courseInput, createCourse, createRegistration, registrationInput } from "./inputs.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const newKey = () => ({ "idempotency-key": crypto.randomUUID() });

describe("a POST under an idempotency key", () => {
  test("makes one course of many requests, and answers each the same", async () => {
    const { id } = await createRegistration(api);
    const asked = { json: courseInput(id), headers: newKey() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.ask<CourseView>("POST", "/courses", asked)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    expect(new Set(answers.map(({ headers }) => headers.get("location"))).size).toBe(1);
    const replays = answers.filter(({ headers }) => headers.get("idempotency-replayed") === "true");
    expect(replays).toHaveLength(4);
    const { body } = await api.ask<Page<AuditEntryView>>("GET", "/audit?object=course");
    const objectId = answers[0]?.body.id;
    expect(body.items.filter((entry) => entry.objectId === objectId)).toHaveLength(1);
  });

  test("is refused with other content, another path included", async () => {
    const { id } = await createRegistration(api);
    const headers = newKey();
    const json = courseInput(id);
    expect((await api.ask("POST", "/courses", { json, headers })).status).toBe(201);
    const other = await api.ask("POST", "/courses", { json: courseInput(id), headers });
    expect(other).toMatchObject({ status: 422, body: { code: "operation.idempotency_mismatch" } });
    const path = await api.ask("POST", `/registrations/${id}/pause`, { headers });
    expect(path.body.code).toBe("operation.idempotency_mismatch");
  });

  test("may be sent again after it was refused: nothing of it was stored", async () => {
    const headers = newKey();
    const json = registrationInput();
    const taken = { ...registrationInput(), clientId: "taken" };
    await api.ask("POST", "/registrations", { json: taken });
    expect((await api.ask("POST", "/registrations", { json: taken, headers })).status).toBe(409);
    expect((await api.ask("POST", "/registrations", { json, headers })).status).toBe(201);
  });

  test("tells a secret again that the database does not hold in the clear", async () => {
    const asked = { json: { name: "of the job" }, headers: newKey() };
    const first = await api.ask<ApiKeyCreated>("POST", "/api-keys", asked);
    const again = await api.ask<ApiKeyCreated>("POST", "/api-keys", asked);
    expect(again.body).toEqual(first.body);
    const { rows } = await api.runtime.db.pool.query("SELECT * FROM idempotency_key");
    expect(JSON.stringify(rows)).not.toContain(first.body.key);
  });

  test("stores no part of an act whose answer could not be stored", async () => {
    const { pool } = api.runtime.db;
    const { id } = await createRegistration(api);
    await pool.query(
      "ALTER TABLE idempotency_key ADD CONSTRAINT none CHECK (status <> 201) NOT VALID",
    );
    const asked = { json: courseInput(id), headers: newKey() };
    expect((await api.ask("POST", "/courses", asked)).status).toBe(500);
    await pool.query("ALTER TABLE idempotency_key DROP CONSTRAINT none");
    const courses = await api.ask<Page<CourseView>>("GET", `/courses?registrationId=${id}`);
    expect(courses.body.total).toBe(0);
    expect((await api.ask("POST", "/courses", asked)).status).toBe(201);
  });

  test("tells the scheduler of a new schedule after the commit", async () => {
    const { id } = await createRegistration(api);
    const json = { registrationId: id, kind: "roster_sync", cron: "0 2 * * *", timeZone: "UTC" };
    const made = await api.ask<ScheduleView>("POST", "/schedules", { json, headers: newKey() });
    expect(made.status).toBe(201);
    const { rows } = await api.runtime.db.pool.query(
      "SELECT 1 FROM pgboss.schedule WHERE key = $1",
      [made.body.id],
    );
    expect(rows).toHaveLength(1);
  });

  test("that asks a platform is done once too, and a second one meanwhile is told so", async () => {
    const course = await createCourse(api);
    const path = `/courses/${course.id}/line-items`;
    const asked = {
      json: { url: `${course.lineItemsUrl}/1`, label: "Quiz", scoreMaximum: 5 },
      headers: newKey(),
    };
    const first = await api.ask<LineItemView>("POST", path, asked);
    const again = await api.ask<LineItemView>("POST", path, asked);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    await api.runtime.db.pool.query(
      `UPDATE idempotency_key SET status = NULL, response = NULL WHERE key = $1`,
      [asked.headers["idempotency-key"]],
    );
    const meanwhile = await api.ask("POST", path, asked);
    expect(meanwhile.status).toBe(409);
    expect(meanwhile.body.code).toBe("operation.idempotency_in_progress");
    expect(Number(meanwhile.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("what exists already", () => {
  test("is named by its ID in the 409", async () => {
    const json = registrationInput();
    const made = await api.ask<{ id: string }>("POST", "/registrations", { json });
    const registration = await api.ask("POST", "/registrations", { json });
    expect(registration).toMatchObject({
      status: 409,
      body: { facts: { existingId: made.body.id } },
    });
    const input = courseInput(made.body.id);
    const course = await api.ask<{ id: string }>("POST", "/courses", { json: input });
    const again = await api.ask("POST", "/courses", { json: input });
    expect(again).toMatchObject({ status: 409, body: { facts: { existingId: course.body.id } } });
  });
});
