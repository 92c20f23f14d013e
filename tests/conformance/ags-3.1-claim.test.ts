import { describe, expect, test } from "vitest";
import {
  SCOPE,
  ScopeMismatch,
  ServiceNotOffered,
  createLineItem,
  endpointsFromClaims,
  getLineItem,
  listLineItems,
  listResults,
  postScore,
  updateLineItem,
} from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

const CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
const quiz = { label: "Quiz", scoreMaximum: 10 };

describe("AGS 2.0 §3.1 Assignment and grade service claim", () => {
  const stage = useServiceStage();

  test("finds both addresses in the claim, and asks for the scopes that it announces", async () => {
    const { lineItemsUrl } = stage.course;
    const scope = [SCOPE.lineItem, SCOPE.score];
    const claim = { scope, lineitems: lineItemsUrl, lineitem: stage.lineItemUrl };
    const endpoints = endpointsFromClaims({ [CLAIM]: claim });
    expect(endpoints.grades).toEqual({
      lineItemsUrl,
      lineItemUrl: stage.lineItemUrl,
      scopes: scope,
    });
    await stage.connect({ endpoints });
    const [request] = await stage.sent({ route: "token" });
    expect(new URLSearchParams(request?.body).get("scope")).toBe(scope.join(" "));
  });

  test.each([undefined, "", null])("takes a lineitem of %j for none", async (lineitem) => {
    const claim = { scope: [SCOPE.score], lineitems: stage.course.lineItemsUrl, lineitem };
    const client = await stage.connect({ endpoints: endpointsFromClaims({ [CLAIM]: claim }) });
    await expect(postScore(client, scoreFor(stage.learners[0]))).rejects.toThrow(ServiceNotOffered);
  });

  test("works with a line item alone, where the tool may only post scores", async () => {
    const claim = { scope: [SCOPE.score], lineitem: stage.lineItemUrl };
    const client = await stage.connect({ endpoints: endpointsFromClaims({ [CLAIM]: claim }) });
    await postScore(client, scoreFor(stage.learners[0]));
    await expect(listLineItems(client)).rejects.toThrow(ServiceNotOffered);
  });
});

describe("AGS 2.0 §3.1.2 Extensions", () => {
  const stage = useServiceStage();
  const name = "https://www.toolexample.com/lti/score";

  test("sends a score's extensions under their full URLs", async () => {
    const extensions = { [name]: { originality: 94 } };
    await postScore(stage.client, scoreFor(stage.learners[0], { extensions }));
    const [request] = await stage.sent({ route: "scores" });
    expect(JSON.parse(request?.body ?? "")).toMatchObject(extensions);
  });

  test("refuses an extension whose name is no full URL, before anything is sent", async () => {
    const score = scoreFor(stage.learners[0], { extensions: { originality: 94 } });
    await expect(postScore(stage.client, score)).rejects.toMatchObject({ field: "extensions" });
    expect(await stage.sent()).toEqual([]);
  });

  test("keeps a line item's extensions through an update", async () => {
    const extensions = { [name]: { rubric: [1, 2] } };
    const { url } = await createLineItem(stage.client, { ...quiz, extensions });
    await updateLineItem(stage.client, { label: "Quiz 2" }, { lineItemUrl: url });
    const changed = await getLineItem(stage.client, { lineItemUrl: url });
    expect(changed).toMatchObject({ label: "Quiz 2", extensions });
  });
});

describe("AGS 2.0 §3.2 Line item service scope and allowed http methods", () => {
  const stage = useServiceStage();
  const connectWith = (...scopes: string[]) =>
    stage.connect({ endpoints: { grades: { ...stage.endpoints.grades, scopes } } });

  test("reads and writes with the scope lineitem", async () => {
    const client = await connectWith(SCOPE.lineItem);
    expect(await listLineItems(client)).toMatchObject({ complete: true });
    await getLineItem(client);
    await updateLineItem(client, { label: "Renamed" });
    await createLineItem(client, quiz);
    const methods = (await stage.sent({ clientId: stage.registration.clientId })).map(
      ({ route, method }) => `${method} ${route}`,
    );
    expect(methods.slice(1)).toEqual([
      "GET line_items",
      "GET line_item",
      "GET line_item",
      "PUT line_item",
      "POST line_items",
    ]);
  });

  test("reads with lineitem.readonly, and sends no change", async () => {
    const client = await connectWith(SCOPE.lineItemReadonly);
    expect(await listLineItems(client)).toMatchObject({ complete: true });
    await platformSeesNothingOf(() => createLineItem(client, quiz));
    await platformSeesNothingOf(() => updateLineItem(client, { label: "x" }));
  });

  test("neither reads nor posts without the scope for it", async () => {
    const client = await connectWith(SCOPE.score);
    await platformSeesNothingOf(() => listLineItems(client));
    await platformSeesNothingOf(() => listResults(client));
  });

  async function platformSeesNothingOf(act: () => Promise<unknown>) {
    await stage.platform.resetCounts();
    await expect(act()).rejects.toThrow(ScopeMismatch);
    expect(await stage.sent()).toEqual([]);
  }
});
