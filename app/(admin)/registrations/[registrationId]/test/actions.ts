"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../../_server/forms/form-action.ts";
import * as tests from "#lib/operations/connection-tests/connection-tests.ts";
import { Id } from "#lib/operations/fields.ts";

const Registration = z.object({ registrationId: Id });

export const testConnection = formAction(Registration, async (caller, input) => {
  await tests.testConnection(caller, input);
  return done();
});

/** From any page of the registration: what the test finds is followed on its own. */
export const testAndShow = formAction(Registration, async (caller, input) => {
  await tests.testConnection(caller, input);
  return goTo(`/registrations/${input.registrationId}/test`);
});

export const probeAudience = formAction(Registration, async (caller, input) => {
  const { audienceProbe } = await tests.probeAudience(caller, input);
  return done(
    audienceProbe?.worked ? "Audience found and stored" : "No other audience is accepted",
  );
});
