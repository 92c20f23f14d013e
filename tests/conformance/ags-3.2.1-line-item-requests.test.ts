import { describe, expect, test } from "vitest";
import {
  ResourceGone,
  createLineItem,
  deleteLineItem,
  getLineItem,
  listLineItems,
  listResults,
  postScore,
  updateLineItem,
} from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

const LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";
const quiz = { label: "Quiz", scoreMaximum: 10 };

describe("AGS 2.0 §3.2.1 Line item service media types", () => {
  const stage = useServiceStage();

  test("names the media type of what it reads", async () => {
    await listLineItems(stage.client);
    await getLineItem(stage.client);
    const accepted = (await stage.sent()).map(({ headers }) => headers["accept"]);
    expect(accepted).toEqual(["application/vnd.ims.lis.v2.lineitemcontainer+json", LINE_ITEM]);
  });

  test("names the media type of what it writes", async () => {
    await createLineItem(stage.client, quiz);
    await updateLineItem(stage.client, { label: "Other" });
    const written = (await stage.sent()).filter(({ method }) => method !== "GET");
    expect(written.map(({ headers }) => headers["content-type"])).toEqual([LINE_ITEM, LINE_ITEM]);
    expect(written.every(({ headers }) => headers["accept"] === LINE_ITEM)).toBe(true);
  });
});

describe("AGS 2.0 §3.2.3 Line item id REST endpoint", () => {
  const stage = useServiceStage({ course: { lineItemQuery: "type_id=4" } });

  test("reads, replaces and deletes at the line item's own address", async () => {
    const { url } = await createLineItem(stage.client, quiz);
    expect(await getLineItem(stage.client, { lineItemUrl: url })).toMatchObject({ url, ...quiz });
    await updateLineItem(stage.client, { scoreMaximum: 20 }, { lineItemUrl: url });
    await deleteLineItem(stage.client, { lineItemUrl: url });
    const { pathname, search } = new URL(url);
    const requests = await stage.sent({ route: "line_item" });
    expect(requests.map(({ method }) => method)).toEqual(["GET", "GET", "PUT", "DELETE"]);
    expect(requests.every(({ path, query }) => `${path}?${query}` === pathname + search)).toBe(
      true,
    );
    await expect(getLineItem(stage.client, { lineItemUrl: url })).rejects.toThrow(ResourceGone);
  });

  test("is the base of scores and results", async () => {
    await postScore(stage.client, scoreFor(stage.learners[0]));
    await listResults(stage.client);
    const { pathname } = new URL(stage.lineItemUrl);
    expect((await stage.sent()).map(({ path, query }) => [path, query])).toEqual([
      [`${pathname}/scores`, "type_id=4"],
      [`${pathname}/results`, "type_id=4"],
    ]);
  });
});
