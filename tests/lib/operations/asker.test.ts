import { expect, test, vi } from "vitest";
import { askerFor, withheldFrom, type Caller } from "#lib/operations/caller.ts";

test("an asker made by another copy of the module, as each bundle of the built server has one, still has to ask", async () => {
  vi.resetModules();
  const copy = await import("#lib/operations/caller.ts");
  const { permit } = await import("#lib/operations/permit.ts");
  expect(copy.askerFor).not.toBe(askerFor);
  const access = { rights: [], registrationIds: null };
  const caller = { actor: { kind: "operator", access }, db: {}, engine: {} } as unknown as Caller;
  const asker = askerFor(caller);
  expect(copy.withheldFrom(asker)).toEqual(withheldFrom(asker));
  await expect(permit(asker, "read", "everywhere")).rejects.toMatchObject({
    name: "NotPermitted",
  });
});
