import { z } from "zod";
import { Id } from "#lib/operations/fields.ts";
import { DraftValues, DraftWay } from "#lib/operations/registrations/drafts-schema.ts";
import {
  Profile,
  RegistrationApproval,
  RegistrationInput,
} from "#lib/operations/registrations/schema.ts";
import { RegistrationForm } from "../form-schema.ts";

export const DraftForm = z.object({ draftId: Id });
export const OfRegistration = DraftForm.extend({ registrationId: Id });
export const ApprovalForm = OfRegistration.extend(RegistrationApproval.shape);
export const DoneForm = OfRegistration.extend({ courseId: Id }).partial({
  registrationId: true,
  courseId: true,
});

export const PlaceForm = z.object({
  draftId: Id.optional(),
  profile: Profile,
  name: RegistrationInput.shape.name,
  environment: DraftValues.shape.environment,
  site: DraftValues.shape.site,
});
export type PlaceForm = z.infer<typeof PlaceForm>;

export const WayForm = DraftForm.extend({ way: DraftWay });

// A form reads an entry that is left empty as undefined.
const entries = z
  .array(z.string().optional())
  .transform((list) => list.map((entry) => entry ?? ""))
  .optional();

/** What is typed of a registration, complete or not. */
export const UnfinishedForm = z.object({
  ...DraftValues.shape,
  ...DraftForm.shape,
  profile: Profile,
  audienceValues: entries,
  deploymentIds: entries,
});

/** An entry of the list that is left empty is no deployment ID. */
export const FinishedForm = RegistrationForm.extend({
  ...DraftForm.shape,
  deploymentIds: z
    .array(z.string().trim().max(255).optional())
    .max(500)
    .default([])
    .transform((ids) => ids.flatMap((id) => (id ? [id] : []))),
});
