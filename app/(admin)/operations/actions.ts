"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../_server/forms/form-action.ts";
import { cancelBulk, previewBulk, startBulk } from "#lib/operations/bulk/bulk.ts";
import { BulkAction, type BulkPreview, type BulkStart } from "#lib/operations/bulk/schema.ts";
import { Id } from "#lib/operations/fields.ts";

/** The filter as a list's address has it; the operation checks it. */
const Asked = z
  .object({ action: BulkAction, query: z.string().max(2_000) })
  .transform(
    ({ action, query }) =>
      ({ action, filter: Object.fromEntries(new URLSearchParams(query)) }) as unknown as BulkStart,
  );

export const previewOperation = formAction<typeof Asked, BulkPreview>(
  Asked,
  async (caller, start) => done(undefined, await previewBulk(caller, start)),
);

export const startOperation = formAction(Asked, async (caller, start) => {
  const { id } = await startBulk(caller, start);
  return goTo(`/operations/${id}`);
});

export const cancelOperation = formAction(z.object({ operationId: Id }), async (caller, input) => {
  await cancelBulk(caller, input);
  return done("Stopping; what was done stays done");
});
