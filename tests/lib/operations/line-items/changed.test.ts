import { describe, expect, test } from "vitest";
import { updateLineItem as updateOnPlatform, SCOPE } from "#lib/lti/index.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import {
  readLineItemOnPlatform,
  updateLineItem,
} from "#lib/operations/line-items/acts/change-line-item.ts";
import { deleteLineItem } from "#lib/operations/line-items/acts/delete-line-item.ts";
import { getLineItem } from "#lib/operations/line-items/line-items.ts";
import { addCourse, register } from "#tests/support/installation.ts";
import { ALL_SCOPES } from "#tests/support/platform/wire.ts";
import { QUIZ, useOneColumn } from "./stage.ts";

const { installation, platform, operator, course, onPlatform } = useOneColumn();

describe("a line item that is changed", () => {
  test("keeps all else that the platform has of it, what nobody here knows included", async () => {
    const {
      course: row,
      contextId,
      registration,
      lineItemId,
      url,
    } = await course({
      lineItems: [{ ...QUIZ, resourceLinkId: "link-1" }],
      resourceLinks: [{ id: "link-1" }],
    });
    const grades = { lineItemsUrl: row.lineItemsUrl!, scopes: [SCOPE.lineItem] };
    const connection = await installation.engine.connect(registration.id, { grades });
    const extensions = { "https://lms.example.edu/weight": { of: [1, 2] } };
    await connection.call((client) =>
      updateOnPlatform(client, { extensions }, { lineItemUrl: url }),
    );

    const changed = await updateLineItem(operator, {
      lineItemId,
      label: "Quiz 1, second try",
      endAt: "2026-04-06T22:05:03+02:00",
      gradesReleased: false,
    });
    expect(await onPlatform(contextId)).toEqual({
      url,
      label: "Quiz 1, second try",
      scoreMaximum: 60,
      resourceId: "quiz-1",
      tag: "grade",
      resourceLinkId: "link-1",
      startDateTime: "2026-03-06T20:05:02.000Z",
      endDateTime: "2026-04-06T20:05:03.000Z",
      gradesReleased: false,
      ...extensions,
    });
    expect(changed).toMatchObject({
      label: "Quiz 1, second try",
      endAt: "2026-04-06T20:05:03.000Z",
      gradesReleased: false,
      resourceLinkId: "link-1",
      differs: [],
    });
    expect(await getLineItem(operator, { lineItemId })).toMatchObject({
      version: changed.version,
      startAt: "2026-03-06T20:05:02.000Z",
    });
    const [entry] = await installation.db.prisma.auditEntry.findMany({
      where: { action: "line_item.update", objectId: lineItemId },
    });
    expect(entry?.detail).toMatchObject({
      changes: { label: { from: "Quiz 1", to: "Quiz 1, second try" } },
    });
  });

  test("is voided field by field by null, and left alone by what it has already", async () => {
    const { contextId, lineItemId } = await course();
    await updateLineItem(operator, { lineItemId, tag: null, startAt: null });
    const item = await onPlatform(contextId);
    expect(item).toMatchObject({ label: "Quiz 1", resourceId: "quiz-1" });
    expect(item).not.toHaveProperty("tag");
    expect(item).not.toHaveProperty("startDateTime");
    await platform.resetCounts();
    await updateLineItem(operator, { lineItemId, label: "Quiz 1", tag: null });
    const puts = await platform.requests({ route: "line_item" });
    expect(puts.filter(({ method }) => method === "PUT")).toEqual([]);
  });

  test("is compared with the platform's version: of two who edit the second is told", async () => {
    const { contextId, lineItemId } = await course();
    const { version } = await getLineItem(operator, { lineItemId });
    const seen = await readLineItemOnPlatform(operator, { lineItemId });
    expect(seen).toMatchObject({ version, differs: [], held: { version } });
    await updateLineItem(operator, { lineItemId, ifVersion: [version], label: "Of one" });
    const second = updateLineItem(operator, { lineItemId, ifVersion: [version], label: "Two" });
    await expect(second).rejects.toMatchObject({
      code: "operation.version_mismatch",
      current: { label: "Of one" },
    });
    expect(await onPlatform(contextId)).toMatchObject({ label: "Of one" });
  });

  test("that somebody changed on the platform is not overwritten unseen", async () => {
    const { course: row, contextId, registration, lineItemId, url } = await course();
    const { version } = await getLineItem(operator, { lineItemId });
    const grades = { lineItemsUrl: row.lineItemsUrl!, scopes: [SCOPE.lineItem] };
    const teacher = await installation.engine.connect(registration.id, { grades });
    await teacher.call((client) =>
      updateOnPlatform(client, { label: "By a teacher" }, { lineItemUrl: url }),
    );
    expect(await readLineItemOnPlatform(operator, { lineItemId })).toMatchObject({
      platform: { label: "By a teacher" },
      held: { label: "Quiz 1" },
      differs: ["label"],
    });
    const blind = { lineItemId, ifVersion: [version], scoreMaximum: 10 };
    await expect(updateLineItem(operator, blind)).rejects.toMatchObject({
      code: "operation.version_mismatch",
    });
    expect(await onPlatform(contextId)).toMatchObject({ scoreMaximum: 60 });
    // What is there was stored, so that reading again gives the version to go on with.
    const now = await getLineItem(operator, { lineItemId });
    expect(now.label).toBe("By a teacher");
    await updateLineItem(operator, { ...blind, ifVersion: [now.version] });
    expect(await onPlatform(contextId)).toMatchObject({ label: "By a teacher", scoreMaximum: 10 });
  });

  test("by a token without the scope is refused by name, before anything is sent", async () => {
    const allowedScopes = ALL_SCOPES.filter((scope) => scope !== SCOPE.lineItem);
    const registration = await register(installation, platform, { allowedScopes });
    const lineItems = [QUIZ];
    const announced = await addCourse(installation, platform, registration, { lineItems });
    const silent = await addCourse(installation, platform, registration, {
      lineItems,
      announced: [SCOPE.lineItemReadonly, SCOPE.score],
    });
    await platform.resetCounts();
    for (const made of [announced, silent]) {
      const lineItemId = made.lineItems[0]!.id;
      const acts = [
        () => updateLineItem(operator, { lineItemId, label: "Renamed" }),
        () => deleteLineItem(operator, { lineItemId, confirm: "Quiz 1" }),
      ];
      for (const act of acts)
        await expect(act()).rejects.toMatchObject({
          code: "lti.scope_mismatch",
          missing: [SCOPE.lineItem],
        });
    }
    expect(await platform.requests({ route: "line_item" })).toEqual([]);
  });
});

describe("a line item that is added by an address that is known", () => {
  test("is answered as it is held, with what differs", async () => {
    const { course: row, lineItemId, url } = await course();
    const asked = { courseId: row.id, url, label: "Other", scoreMaximum: 5, tag: "else" };
    expect(await addLineItem(operator, asked)).toMatchObject({
      id: lineItemId,
      label: "Quiz 1",
      scoreMaximum: 60,
      tag: "grade",
      wasCreated: false,
      differs: ["label", "scoreMaximum", "tag"],
    });
  });
});
