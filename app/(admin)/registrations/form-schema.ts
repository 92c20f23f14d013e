import { z } from "zod";
import { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { ProfileOverrides } from "#lib/platforms/profile.ts";

// A form has no boolean that may be absent: the empty choice is "as the profile says".
const choice = z.stringbool({ truthy: ["yes"], falsy: ["no"] }).optional();

/** What spans several fields is left to the operation. */
export const RegistrationForm = z.object({
  ...RegistrationInput.shape,
  profileOverrides: ProfileOverrides.extend({
    wipesUnlessFullyGraded: choice,
    makesSubmissions: choice,
    newSubmission: choice,
  }).default({}),
});
