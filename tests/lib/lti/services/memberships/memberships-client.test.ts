import { afterEach, describe, expect, test } from "vitest";
import { EndpointInvalid, ResponseMalformed, listMemberships } from "#lib/lti/index.ts";
import type { MembershipsOptions } from "#lib/lti/index.ts";
import { testClient } from "#tests/lib/lti/support/clients.ts";
import { member, next, page, pageNumber, readRoster } from "#tests/lib/lti/support/rosters.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import type { ScriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";

const LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
let platform: ScriptedPlatform;
afterEach(async () => platform.close());

const walk = (options?: MembershipsOptions) => readRoster(platform, options);

describe("streamMemberships", () => {
  test("reads names where there are any, and full role URIs", async () => {
    platform = await scriptedPlatform(() =>
      page([
        {
          user_id: "1",
          roles: ["Learner", "Instructor#TeachingAssistant", LEARNER, "urn:own:Wizard", "Wizard"],
          status: "Inactive",
          name: "Ada King",
          given_name: "Ada",
          middle_name: "",
          family_name: "King",
          email: null,
          picture: "https://a.edu/p.jpg",
          lis_person_sourcedid: "s-1",
        },
      ]),
    );
    const [only] = await walk();
    expect(only?.context).toEqual({ id: "c", label: "L", title: "T" });
    expect(only?.memberships).toEqual([
      {
        userId: "1",
        roles: [
          LEARNER,
          "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant",
          "urn:own:Wizard",
          "Wizard",
        ],
        status: "inactive",
        name: "Ada King",
        givenName: "Ada",
        familyName: "King",
        picture: "https://a.edu/p.jpg",
        lisPersonSourcedId: "s-1",
      },
    ]);
  });

  test("sets members apart that cannot be used, and keeps the rest", async () => {
    platform = await scriptedPlatform(() =>
      page([
        null,
        { roles: ["Learner"] },
        { user_id: "2" },
        member("3", { status: "Dreaming" }),
        member("4", { roles: [7] }),
        member("5", { user_id: 5 }),
        member("6", { roles: "Learner,Mentor" }),
        member("7", { roles: [] }),
        member("8", { status: " ACTIVE " }),
        member("9".repeat(256)),
        member("1\0"),
      ]),
    );
    const [only] = await walk();
    expect(only?.quarantined).toEqual([
      { index: 0, reason: "is not an object" },
      { index: 1, reason: "has no user_id" },
      { index: 2, userId: "2", reason: "has no roles" },
      { index: 3, userId: "3", reason: "has an unknown status" },
      { index: 4, userId: "4", reason: "has no roles" },
      { index: 9, reason: "has a user_id that is too long" },
      { index: 10, reason: "has no user_id" },
    ]);
    expect(only?.memberships.map(({ userId }) => userId)).toEqual(["5", "6", "7", "8"]);
    expect(only?.memberships[1]?.roles).toHaveLength(2);
    expect(only?.complete).toBe(true);
  });

  test("takes roles and names without what cannot be stored", async () => {
    platform = await scriptedPlatform(() =>
      page([member("1", { name: "A\0da", roles: ["Learner", " ", "Lear\0ner"], email: "\0" })]),
    );
    const [only] = await walk();
    expect(only?.memberships).toEqual([
      { userId: "1", name: "Ada", roles: [LEARNER], status: "active" },
    ]);
  });

  test("keeps who was deleted, without roles and whatever role is asked for", async () => {
    platform = await scriptedPlatform(() =>
      page([{ user_id: "1", status: "Deleted" }, member("2", { status: "Deleted", roles: [] })]),
    );
    const [only] = await walk({ role: "Learner" });
    expect(only?.memberships).toEqual([
      { userId: "1", roles: [], status: "deleted" },
      { userId: "2", roles: [], status: "deleted" },
    ]);
    expect(only?.quarantined).toEqual([]);
  });

  test("gives the differences link of the walk's beginning on every page", async () => {
    platform = await scriptedPlatform((request) => {
      const n = pageNumber(request);
      const differences = `</d?since=${n}>; rel="differences"`;
      return page([member(String(n))], n < 2 ? [next(`?p=${n + 1}`), differences] : []);
    });
    const links = (await walk()).map(({ differencesUrl }) => differencesUrl);
    expect(links).toEqual(Array(3).fill(`${platform.url}/d?since=0`));
  });

  test("takes message as a list or as one object [BBDN#141]", async () => {
    platform = await scriptedPlatform(() =>
      page([
        member("1", { message: { a: 1 } }),
        member("2", { message: [{ a: 1 }, 7] }),
        member("3", { message: "?" }),
      ]),
    );
    const [only] = await walk({ resourceLinkId: "r/1" });
    expect(only?.memberships.map(({ messages }) => messages)).toEqual([
      [{ a: 1 }],
      [{ a: 1 }],
      undefined,
    ]);
    expect(platform.requests[0]?.target).toBe("/courses/1/memberships?rlid=r%2F1");
  });

  test("asks with its parameters once, and follows next to the letter", async () => {
    platform = await scriptedPlatform((request) =>
      pageNumber(request) === 0
        ? page([member("1")], next("/courses/1/memberships?p=1&q=a%20b,c"))
        : page([member("2")]),
    );
    const pages = await walk({ role: LEARNER, limit: 1 });
    expect(platform.requests.map(({ target }) => target)).toEqual([
      "/courses/1/memberships?role=http%3A%2F%2Fpurl.imsglobal.org%2Fvocab%2Flis%2Fv2%2Fmembership%23Learner&limit=1",
      "/courses/1/memberships?p=1&q=a%20b,c",
    ]);
    expect(pages.map(({ complete }) => complete)).toEqual([false, true]);
    expect(pages[0]?.nextUrl).toBe(`${platform.url}/courses/1/memberships?p=1&q=a%20b,c`);
  });

  test("applies the role again, sub-roles included [Moodle loses role in next]", async () => {
    const teacher = member("t", { roles: ["Instructor"] });
    const assistant = member("a", { roles: ["Instructor#TeachingAssistant"] });
    platform = await scriptedPlatform(() => page([member("1"), teacher, assistant]));
    const ids = async (role: string) =>
      (await walk({ role }))[0]?.memberships.map(({ userId }) => userId);
    expect(await ids("Learner")).toEqual(["1"]);
    expect(await ids("Instructor")).toEqual(["t", "a"]);
    expect(await ids("http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor")).toEqual([]);
  });

  test("calls a stored differences link as it is, and gives the next one", async () => {
    platform = await scriptedPlatform(() =>
      page(
        [member("1", { status: "Deleted" })],
        ['<https://x.invalid/>; rel="prev"', '</d?since=2>; rel="differences"'],
      ),
    );
    const [only] = await walk({ url: `${platform.url}/d?since=1&x=a+b`, role: undefined });
    expect(platform.requests[0]?.target).toBe("/d?since=1&x=a+b");
    expect(only?.memberships[0]?.status).toBe("deleted");
    expect(only?.differencesUrl).toBe(`${platform.url}/d?since=2`);
  });

  test.each([
    ["at another origin", "https://elsewhere.example.edu/d"],
    ["that is none", "d?since=1"],
  ])("sends nothing to a stored link %s", async (_case, url) => {
    platform = await scriptedPlatform(() => page([]));
    await expect(walk({ url })).rejects.toThrow(EndpointInvalid);
    expect(platform.requests).toHaveLength(0);
  });

  test.each([
    ["no JSON", "<html>sign in</html>"],
    ["a list", []],
    ["no members", { id: "x", context: { id: "c" } }],
    ["members as an object", { members: {} }],
    ["null", null],
  ])("refuses %s as a roster", async (_case, body) => {
    platform = await scriptedPlatform(() => ({
      body: typeof body === "string" ? body : JSON.stringify(body),
    }));
    await expect(walk()).rejects.toThrow(ResponseMalformed);
  });

  test("reads a roster whatever its content type and without a context", async () => {
    platform = await scriptedPlatform(() => ({
      headers: { "content-type": "text/html" },
      body: { members: [member("1")] },
    }));
    expect(await walk()).toMatchObject([{ context: {}, complete: true }]);
  });
});

describe("listMemberships", () => {
  test("puts the pages together", async () => {
    platform = await scriptedPlatform((request) => {
      const n = pageNumber(request);
      const links = ['</d>; rel="differences"', ...(n < 2 ? [next(`?p=${n + 1}`)] : [])];
      return page([member(String(n)), null], n === 0 ? links : links.slice(1));
    });
    const roster = await listMemberships(testClient(platform.url, platform.options));
    expect(roster.memberships.map(({ userId }) => userId)).toEqual(["0", "1", "2"]);
    expect(roster.quarantined).toHaveLength(3);
    expect(roster).toMatchObject({ complete: true, differencesUrl: `${platform.url}/d` });
  });
});
