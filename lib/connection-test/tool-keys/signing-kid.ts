import { isLtiError } from "#lib/lti/errors.ts";
import { ProfileInvalid } from "#lib/platforms/profile.ts";
import type { Visit } from "../subject.ts";

/** Absent where the registration cannot be loaded; the step that signs says why. */
export async function signingKid({ subject, findings }: Visit): Promise<string | undefined> {
  try {
    findings.registration ??= await subject.load();
    return findings.registration.signingKey.kid;
  } catch (error) {
    if (isLtiError(error) || error instanceof ProfileInvalid) return undefined;
    throw error;
  }
}
