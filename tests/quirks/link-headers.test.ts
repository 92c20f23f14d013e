import { describe, expect, test } from "vitest";
import {
  NextPageUnsafe,
  listLineItems,
  listMemberships,
  listResults,
  postScore,
} from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

describe("Link headers", () => {
  const stage = useServiceStage({ course: { members: 6, lineItems: 4 } });

  test.each([
    ["lower_case_name", "pylti1.3#42, pylti1.3#139"],
    ["upper_case_rel", "RFC 8288 §3.3"],
    ["unquoted", "RFC 8288 §3"],
    ["single_quotes", "seen in the wild"],
    ["curly_quotes", "Moodle code"],
    ["amp_entity", "Moodle 4.5.6 observed"],
    ["curly_quotes_and_amp_entity", "Moodle 4.5.6 observed"],
    ["multi_rel", "RFC 8288 §3.3"],
    ["several_links", "Canvas code"],
    ["separate_headers", "RFC 9110 §5.3"],
    ["comma_in_url", "Ltix: splits at commas"],
    ["other_params", "RFC 8288 §3"],
    ["relative", "RFC 8288 §3.1"],
  ] as const)("as %s lead to every page of every list [%s]", async (as, _source) => {
    for (const userId of stage.learners.slice(0, 3)) {
      await postScore(stage.client, scoreFor(userId));
    }
    await stage.platform.misbehave({ kind: "link_dialect", as });
    const roster = await listMemberships(stage.client, { limit: 2 });
    expect(roster).toMatchObject({ complete: true, memberships: { length: 6 } });
    const { lineItems, complete } = await listLineItems(stage.client, { limit: 3 });
    expect([lineItems.length, complete]).toEqual([4, true]);
    const results = await listResults(stage.client, { limit: 2 });
    expect(results).toMatchObject({ complete: true, results: { length: 3 } });
  });

  test.each([
    ["loop", "next_page_repeated"],
    ["repeat", "next_page_repeated"],
    ["garbage", "next_page_unreadable"],
  ] as const)(
    "as %s end the walk, which says that it is incomplete [webwork2#3181]",
    async (as, incompleteReason) => {
      await stage.platform.misbehave({ kind: "link_dialect", as });
      const roster = await listMemberships(stage.client, { limit: 2 });
      expect(roster).toMatchObject({ complete: false, incompleteReason });
      expect((await stage.sent()).length).toBeLessThanOrEqual(2);
    },
  );

  test("to another origin are refused, and no token is sent there [Learn-LTI#146]", async () => {
    await stage.platform.misbehave({ kind: "link_dialect", as: "cross_origin" });
    const reading = listMemberships(stage.client, { limit: 2 });
    await expect(reading).rejects.toThrow(NextPageUnsafe);
    const hosts = (await stage.sent()).map(({ host }) => host);
    expect(hosts).toEqual([new URL(stage.platform.url).host]);
  });

  test("that lose the role are followed, and the role is applied again [Moodle code]", async () => {
    await stage.platform.misbehave({ kind: "link_dialect", as: "drops_role" });
    const { memberships } = await listMemberships(stage.client, { role: "Learner", limit: 2 });
    expect(memberships.map(({ userId }) => userId)).toEqual(stage.learners);
    expect((await stage.sent()).at(-1)?.query).not.toContain("role");
  });

  test("that are missing where the limit is ignored mean that this was all [openedx/xblock-lti-consumer#669]", async () => {
    await stage.platform.misbehave({ kind: "ignore_limit" });
    await stage.platform.misbehave({ kind: "link_dialect", as: "missing" });
    const roster = await listMemberships(stage.client, { limit: 2 });
    expect(roster).toMatchObject({ complete: true, memberships: { length: 6 } });
  });

  test.each([301, 302, 307, 308] as const)(
    "and redirects with %d stay on the origin, or are not followed [Longsight changelog: Canvas]",
    async (status) => {
      await stage.platform.misbehave({ kind: "redirect", to: "same_origin", status });
      expect(await listMemberships(stage.client)).toMatchObject({ complete: true });
      await stage.platform.behave();
      await stage.platform.misbehave({ kind: "redirect", to: "cross_origin", status });
      const reading = listMemberships(stage.client);
      await expect(reading).rejects.toMatchObject({ code: "lti.redirect_refused" });
      const hosts = new Set((await stage.sent()).map(({ host }) => host));
      expect([...hosts]).toEqual([new URL(stage.platform.url).host]);
    },
  );
});
