import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import type { ScheduleView } from "#lib/operations/schedules/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { courseInput, createCourse, createRegistration } from "./inputs.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** A resource of each kind that can be edited, with two changes of it. */
async function editable(): Promise<{ path: string; one: object; other: object }[]> {
  const course = await createCourse(api);
  const schedule = await api.ask<ScheduleView>("POST", "/schedules", {
    json: { courseId: course.id, kind: "roster_sync", cron: "0 2 * * *", timeZone: "UTC" },
  });
  const draft = await api.ask<{ id: string }>("POST", "/registration-drafts", {
    json: { profile: "moodle" },
  });
  return [
    {
      path: `/registrations/${course.registrationId}`,
      one: { name: "North" },
      other: { name: "South" },
    },
    { path: `/courses/${course.id}`, one: { title: "Biology I" }, other: { title: "Biology II" } },
    {
      path: `/courses/${course.id}/settings`,
      one: { conflictPolicy: "ask" },
      other: { conflictPolicy: "skip" },
    },
    {
      path: `/schedules/${schedule.body.id}`,
      one: { jitterSeconds: 1 },
      other: { cron: "1 1 * * *" },
    },
    {
      path: `/registration-drafts/${draft.body.id}`,
      one: { step: "test" },
      other: { step: "json" },
    },
  ];
}

describe("what can be edited", () => {
  test("has an ETag, and of two who edit the same version the second is told", async () => {
    for (const { path, one, other } of await editable()) {
      const read = await api.ask("GET", path);
      const etag = read.headers.get("etag") ?? "";
      expect(etag, path).toMatch(/^"[\w-]{22}"$/);
      const headers = { "if-match": etag };
      const first = await api.ask("PATCH", path, { json: one, headers });
      expect(first.status, path).toBe(200);
      expect(first.headers.get("etag")).not.toBe(etag);
      const second = await api.ask("PATCH", path, { json: other, headers });
      expect(second.status, path).toBe(412);
      expect(second.body).toMatchObject({
        code: "operation.version_mismatch",
        facts: { current: one },
      });
      expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
      const now = await api.ask("GET", path);
      expect(now.headers.get("etag")).toBe(first.headers.get("etag"));
      expect(now.body).toMatchObject(one);
      for (const tag of [`"other", ${now.headers.get("etag")}`, "*"]) {
        const json = tag === "*" ? one : other;
        const again = await api.ask("PATCH", path, { json, headers: { "if-match": tag } });
        expect(again.status, tag).toBe(200);
      }
    }
  });

  test("of two at once, one changes it", async () => {
    const { id, version } = await createCourse(api);
    const headers = { "if-match": `"${version}"` };
    const answers = await Promise.all(
      ["one", "two", "three"].map((title) =>
        api.ask("PATCH", `/courses/${id}`, { json: { title }, headers }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  test("keeps its version while only what changes by itself does", async () => {
    const course = await createCourse(api);
    await api.ask("POST", `/courses/${course.id}/pause`);
    const after = await api.ask<CourseView>("GET", `/courses/${course.id}`);
    expect(after.body.pausedAt).not.toBeNull();
    expect(after.body.version).toBe(course.version);
  });

  test("is not deleted in another version than the one that was seen", async () => {
    const { id } = await createRegistration(api);
    const json = { registrationId: id, kind: "roster_sync", cron: "0 2 * * *", timeZone: "UTC" };
    const { body } = await api.ask<ScheduleView>("POST", "/schedules", { json });
    const path = `/schedules/${body.id}`;
    await api.ask("PATCH", path, { json: { cron: "0 3 * * *" } });
    const headers = { "if-match": `"${body.version}"` };
    expect((await api.ask("DELETE", path, { headers })).status).toBe(412);
    expect((await api.ask("DELETE", path)).status).toBe(200);
  });

  test.each(['W/"a"', "a", '"a" "b"'])("is not changed under %s", async (tag) => {
    const { id, version } = await createCourse(api);
    const asked = { json: { title: "x" }, headers: { "if-match": tag.replace("a", version) } };
    const { status } = await api.ask("PATCH", `/courses/${id}`, asked);
    expect(status).toBe(tag.startsWith("W/") ? 412 : 422);
  });

  test("says where If-Match is not heeded, instead of ignoring it", async () => {
    const { id } = await createCourse(api);
    const headers = { "if-match": '"x"' };
    const { status, body } = await api.ask("POST", `/courses/${id}/archive`, { headers });
    expect(status).toBe(422);
    expect(body.fields).toHaveProperty("If-Match");
  });

  test("keeps its rules over several fields when only one of them is sent", async () => {
    const { id } = await createRegistration(api);
    const patch = (json: object) =>
      api.ask<RegistrationView>("PATCH", `/registrations/${id}`, { json });
    const refused = await patch({ audience: "custom" });
    expect(refused.status).toBe(422);
    expect(
      (await patch({ audience: "custom", audienceValues: ["https://lms.example.edu"] })).status,
    ).toBe(200);
    const both = await patch({ profileOverrides: { pageLimit: 20 } });
    expect(both.body).toMatchObject({
      audience: "custom",
      audienceValues: ["https://lms.example.edu"],
      profileOverrides: { pageLimit: 20 },
    });
  });

  test("names the course that has the context already", async () => {
    const one = await createCourse(api);
    const json = courseInput(one.registrationId);
    const two = await api.ask<CourseView>("POST", "/courses", { json });
    const { contextId } = one;
    const answer = await api.ask("PATCH", `/courses/${two.body.id}`, { json: { contextId } });
    expect(answer).toMatchObject({ status: 409, body: { facts: { existingId: one.id } } });
  });
});
