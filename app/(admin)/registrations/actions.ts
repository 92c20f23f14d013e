"use server";

import { formAction, goTo } from "../../_server/form-action.ts";
import { createRegistration } from "#lib/operations/registrations.ts";
import { RegistrationForm } from "./form-schema.ts";

export const saveRegistration = formAction(RegistrationForm, async (caller, input) => {
  const registration = await createRegistration(caller, input);
  return goTo(`/registrations/${registration.id}`);
});
