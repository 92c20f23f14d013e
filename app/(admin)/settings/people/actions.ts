"use server";

import { z } from "zod";
import { confirmed } from "../../../_server/forms/confirmed.ts";
import { done, formAction } from "../../../_server/forms/form-action.ts";
import { plural } from "#lib/format.ts";
import { erasePerson } from "#lib/operations/privacy/people.ts";
import { changeRetention } from "#lib/operations/privacy/retention.ts";
import { PersonInput } from "#lib/operations/privacy/schema.ts";

/** An empty field keeps for ever. */
const days = z.coerce
  .number("must be a number of days, or empty")
  .optional()
  .transform((given) => given ?? null);

const RetentionForm = z.object({
  leftMembers: days,
  rosterChanges: days,
  outcomes: days,
  events: days,
  tokenRequests: days,
  connectionTests: days,
  launchSessions: days,
  audit: days,
});

export const saveRetention = formAction(RetentionForm, async (caller, retention) => {
  await changeRetention(caller, retention);
  return done("Saved; it takes effect from the next night");
});

export const erase = formAction(
  PersonInput.extend({ confirmation: z.string() }),
  async (caller, { confirmation, ...person }) => {
    confirmed(confirmation, person.userId);
    const { pseudonym, touched } = await erasePerson(caller, person);
    const rows = Object.values(touched).reduce((sum, count) => sum + count, 0);
    return done(`Erased: ${plural(rows, "row")} changed; what is kept is under ${pseudonym}`);
  },
);
