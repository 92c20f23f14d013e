"use client";

import { useLiveResource } from "#components/live/use-live-resource.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

/** The registration of the page, kept current. */
export function useRegistration(registrationId: string) {
  return useLiveResource<RegistrationView>(`/api/v1/registrations/${registrationId}`);
}
