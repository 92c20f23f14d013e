import { describe, expect, test } from "vitest";
import { ResponseMalformed, listMemberships } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
const ada = {
  userId: "0ae836b9-7fc9-4060-006f-27b2066ac545",
  roles: ["Learner"],
  name: "Jane Q. Public",
  givenName: "Jane",
  middleName: "Marie",
  familyName: "Doe",
  email: "jane@platform.example.edu",
  picture: "https://platform.example.edu/jane.jpg",
  lisPersonSourcedId: "59254-6782-12ab",
};
const course = {
  title: "CPS 435 Learning Analytics",
  label: "CPS 435",
  members: [ada, { userId: "2", roles: ["Instructor"], status: "Inactive" }],
};

describe("NRPS 2.0 §2.1 Membership container", () => {
  const stage = useServiceStage({ course });

  test("reads the context and every member of a container", async () => {
    const roster = await listMemberships(stage.client);
    const { contextId, title, label } = stage.course;
    expect(roster.context).toEqual({ id: contextId, title, label });
    expect(roster.memberships).toMatchObject([ada.userId, "2"].map((userId) => ({ userId })));
  });

  test.each(["no_members", "members_object", "array_body"] as const)(
    "takes a reply with %s for no roster at all, instead of an empty one",
    async (defect) => {
      await stage.platform.misbehave({ kind: "container_defect", defect });
      await expect(listMemberships(stage.client)).rejects.toThrow(ResponseMalformed);
    },
  );
});

describe("NRPS 2.0 §2.2 Sharing of personal data", () => {
  const stage = useServiceStage({ course });

  test("reads what is shared", async () => {
    const { memberships } = await listMemberships(stage.client);
    expect(memberships[0]).toEqual({ ...ada, roles: [LEARNER], status: "active" });
  });

  test("needs user_id and roles alone", async () => {
    await stage.platform.misbehave({ kind: "hide_fields" });
    const { memberships, quarantined } = await listMemberships(stage.client);
    expect(memberships[0]).toEqual({ userId: ada.userId, roles: [LEARNER], status: "active" });
    expect(quarantined).toEqual([]);
  });

  test.each(["no_user_id", "no_roles"] as const)(
    "sets a member with %s apart with the reason, and keeps the others",
    async (defect) => {
      await stage.platform.misbehave({ kind: "member_defect", defect });
      const { memberships, quarantined } = await listMemberships(stage.client);
      expect(memberships.map(({ userId }) => userId)).toEqual(["2"]);
      expect(quarantined).toMatchObject([{ index: 0, reason: `has ${defect.replace("_", " ")}` }]);
    },
  );
});

describe("NRPS 2.0 §2.3 Membership status", () => {
  const stage = useServiceStage({ course });

  test("takes an absent status for Active", async () => {
    await stage.platform.misbehave({ kind: "status_as", style: "absent" });
    const { memberships } = await listMemberships(stage.client);
    expect(memberships.map(({ status }) => status)).toEqual(["active", "active"]);
  });

  test("tells Inactive from Active", async () => {
    const { memberships } = await listMemberships(stage.client);
    expect(memberships.map(({ status }) => status)).toEqual(["active", "inactive"]);
  });

  test("does not guess what an unknown status means", async () => {
    await stage.platform.misbehave({ kind: "member_defect", defect: "unknown_status" });
    const { memberships, quarantined } = await listMemberships(stage.client);
    expect(memberships).toHaveLength(1);
    expect(quarantined).toMatchObject([{ userId: ada.userId, reason: "has an unknown status" }]);
  });
});
