import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "#lib/operations/fields.ts";
import type { CourseView, MemberView } from "#lib/operations/courses/schema.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { courseInput, createCourse, createRegistration } from "./inputs.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe("POST /courses", () => {
  test("answers 201 with the course, and records a deployment that is new", async () => {
    const { id } = await createRegistration(api);
    const input = courseInput(id, { deploymentId: "new", scopes: ["https://a.example/scope"] });
    const answer = await api.ask<CourseView>("POST", "/courses", { json: input });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe(`/api/v1/courses/${answer.body.id}`);
    expect(answer.body).toMatchObject({ ...input, offersMemberships: true, memberCount: null });
    const registration = await api.ask<RegistrationView>("GET", `/registrations/${id}`);
    expect(registration.body.deployments).toMatchObject([{ deploymentId: "new", courseCount: 1 }]);
  });

  test("refuses the same context of a deployment twice", async () => {
    const { id } = await createRegistration(api);
    const json = courseInput(id);
    await api.ask("POST", "/courses", { json });
    const { status, body } = await api.ask("POST", "/courses", { json });
    expect(status).toBe(409);
    expect(body.fields).toHaveProperty("contextId");
  });

  test("refuses a registration that is not there, or archived", async () => {
    const nobody = await api.ask("POST", "/courses", { json: courseInput(crypto.randomUUID()) });
    expect(nobody.status).toBe(422);
    expect(nobody.body.fields).toHaveProperty("registrationId");
    const { id } = await createRegistration(api);
    await api.ask("POST", `/registrations/${id}/archive`);
    const archived = await api.ask("POST", "/courses", { json: courseInput(id) });
    expect(archived.status).toBe(409);
  });

  test.each(["ftp://lms.example.edu/x", "/members", "javascript:alert(1)"])(
    "refuses %s as a memberships URL",
    async (membershipsUrl) => {
      const { id } = await createRegistration(api);
      const json = courseInput(id, { membershipsUrl });
      const { status, body } = await api.ask("POST", "/courses", { json });
      expect(status).toBe(422);
      expect(body.fields).toHaveProperty("membershipsUrl");
    },
  );
});

describe("a course", () => {
  test("is listed under what it is filtered by, and not under another", async () => {
    const { id, registrationId } = await createCourse(api, { lineItemsUrl: null });
    const count = async (query: string) =>
      (await api.ask<Page<CourseView>>("GET", `/courses?registrationId=${registrationId}&${query}`))
        .body.total;
    expect(await count("service=memberships")).toBe(1);
    expect(await count("service=grades")).toBe(0);
    expect(await count("health=unknown")).toBe(1);
    expect(await count("health=degraded")).toBe(0);
    expect(await count("q=biology")).toBe(1);
    expect(await count("q=chemistry")).toBe(0);
    await api.ask("POST", `/courses/${id}/archive`);
    expect(await count("archived=no")).toBe(0);
    expect(await count("archived=yes")).toBe(1);
  });

  test("keeps what a PUT or a PATCH leaves out, and loses what it clears", async () => {
    const { id, membershipsUrl } = await createCourse(api, { scopes: ["https://a.example/s"] });
    const json = { deploymentId: "1", contextId: "changed", title: "Renamed" };
    const put = await api.ask("PUT", `/courses/${id}`, { json });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({ ...json, membershipsUrl, scopes: ["https://a.example/s"] });
    const cleared = { membershipsUrl: null, scopes: [] };
    const patched = await api.ask("PATCH", `/courses/${id}`, { json: cleared });
    expect(patched.body).toMatchObject({ ...json, ...cleared });
  });

  test("is found by exactly its context, and not by a part of it", async () => {
    const { id, contextId, registrationId } = await createCourse(api);
    const find = async (query: string) =>
      (await api.ask<Page<CourseView>>("GET", `/courses?registrationId=${registrationId}&${query}`))
        .body.items;
    expect(await find(`contextId=${contextId}&deploymentId=1`)).toMatchObject([{ id }]);
    expect(await find(`contextId=${contextId.slice(1)}`)).toEqual([]);
    expect(await find(`contextId=${contextId}&deploymentId=2`)).toEqual([]);
  });

  test("has no scope with a blank in it", async () => {
    const { id } = await createRegistration(api);
    const json = courseInput(id, { scopes: ["a b"] });
    const { status, body } = await api.ask("POST", "/courses", { json });
    expect(status).toBe(422);
    expect(body.fields).toHaveProperty(["scopes.0"]);
  });

  test("does not move to another registration", async () => {
    const { id, registrationId } = await createCourse(api);
    const json = courseInput(registrationId);
    const { status, body } = await api.ask("PUT", `/courses/${id}`, { json });
    expect(status).toBe(422);
    expect(JSON.stringify(body.fields)).toContain("registrationId");
  });

  test("is archived and restored, each as often as one likes", async () => {
    const { id } = await createCourse(api);
    for (const act of ["archive", "archive", "restore", "restore"]) {
      const { status, body } = await api.ask<CourseView>("POST", `/courses/${id}/${act}`);
      expect(status).toBe(200);
      expect(body.archivedAt === null).toBe(act === "restore");
    }
  });

  test("lists its members, in pages", async () => {
    const { id } = await createCourse(api);
    await addMembers(id, ["Cyd", "Abe", "Bea"]);
    const first = await api.ask<Page<MemberView>>("GET", `/courses/${id}/members?limit=2`);
    expect(first.body.items.map(({ name }) => name)).toEqual(["Abe", "Bea"]);
    const { nextCursor } = first.body;
    const next = await api.ask("GET", `/courses/${id}/members?limit=2&cursor=${nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ name: "Cyd" }], nextCursor: null, total: 3 });
    const found = await api.ask<Page<MemberView>>("GET", `/courses/${id}/members?q=bea`);
    expect(found.body.total).toBe(1);
    const exactly = (query: string) =>
      api.ask<Page<MemberView>>("GET", `/courses/${id}/members?${query}`);
    expect((await exactly("userId=u-Bea")).body.items).toMatchObject([{ name: "Bea" }]);
    expect((await exactly("userId=u-Be")).body.items).toEqual([]);
    expect((await exactly("email=BEA@example.edu")).body.items).toMatchObject([{ name: "Bea" }]);
    expect((await exactly("lisPersonSourcedId=sis-Abe")).body.total).toBe(1);
  });
});

async function addMembers(courseId: string, names: string[]): Promise<void> {
  await api.runtime.db.prisma.membership.createMany({
    data: names.map((name) => ({
      courseId,
      userId: `u-${name}`,
      name,
      email: `${name.toLowerCase()}@example.edu`,
      lisPersonSourcedId: `sis-${name}`,
      roles: [],
    })),
  });
}
