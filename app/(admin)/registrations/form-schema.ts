import { z } from "zod";
import { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { ProfileOverrides } from "#lib/platforms/profile.ts";

// A form has no boolean that may be absent: the empty choice is "as the profile says".
const choice = z.stringbool({ truthy: ["yes"], falsy: ["no"] }).optional();

// Whose key signs is a form of its own.
const { signsWith: _, toolJwksUrl: __, ...fields } = RegistrationInput.shape;

/** What spans several fields is left to the operation. */
export const RegistrationForm = z.object({
  ...fields,
  profileOverrides: ProfileOverrides.extend({
    wipesUnlessFullyGraded: choice,
    makesSubmissions: choice,
    newSubmission: choice,
  }).default({}),
});
