"use server";

import { z } from "zod";
import { confirmed } from "../../../../../../_server/forms/confirmed.ts";
import { done, formAction, goTo } from "../../../../../../_server/forms/form-action.ts";
import { ifSeen, SeenVersion } from "../../../../../../_server/forms/seen-version.ts";
import { plural } from "#lib/format.ts";
import { Id } from "#lib/operations/fields.ts";
import {
  readLineItemOnPlatform,
  updateLineItem,
} from "#lib/operations/line-items/acts/change-line-item.ts";
import { deleteLineItem } from "#lib/operations/line-items/acts/delete-line-item.ts";
import { getLineItem } from "#lib/operations/line-items/line-items.ts";
import { changesIn, LineItemForm } from "./form-schema.ts";

const LineItem = z.object({ lineItemId: Id });

export const compareLineItem = formAction(LineItem, async (caller, input) =>
  done(undefined, await readLineItemOnPlatform(caller, input)),
);

export const saveLineItem = formAction(
  LineItemForm.extend({ ...LineItem.shape, ...SeenVersion.shape }),
  async (caller, { lineItemId, version, ...fields }) => {
    const held = await getLineItem(caller, { lineItemId });
    const changes = changesIn(fields, held);
    const lineItems = `/courses/${held.courseId}/grades/line-items`;
    if (Object.keys(changes).length === 0) return goTo(lineItems);
    const asked = ifSeen({ lineItemId, version, ...changes });
    const { differs } = await updateLineItem(caller, asked);
    if (differs.length === 0) return goTo(lineItems);
    return done(`Saved; the platform did not take ${differs.join(", ")}`);
  },
);

export const removeLineItem = formAction(
  LineItem.extend({ confirmation: z.string(), coupled: z.boolean().default(false) }),
  async (caller, { lineItemId, confirmation, coupled }) => {
    const { label, url } = await getLineItem(caller, { lineItemId });
    const name = label.trim() || url;
    confirmed(confirmation, name);
    const { refused } = await deleteLineItem(caller, { lineItemId, confirm: name, coupled });
    const waited = refused > 0 ? `; ${plural(refused, "waiting score")} refused` : "";
    return done(`Line item “${name}” deleted${waited}`);
  },
);
