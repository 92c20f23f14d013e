import { addressesOf, guideFor } from "#lib/platforms/index.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import type { PlaceForm } from "./form-schema.ts";

/**
 * Where the LMS runs, with the addresses that follow from it.
 *
 * @throws InvalidInput  the site's address is needed and is none
 */
export function checkedPlace<Form extends PlaceForm>(form: Form) {
  const guide = guideFor(form.profile);
  const isHosted = guide.environments.some(({ key }) => key === form.environment);
  const site = isHosted ? undefined : form.site?.trim();
  const addresses = addressesOf(guide, { environment: form.environment, site });
  if (guide.sitePaths && addresses.issuer === undefined) {
    const example = `https://${guide.profile}.example.edu`;
    throw new InvalidInput({ site: [`a full address is needed, such as ${example}`] });
  }
  return {
    ...form,
    site,
    audience: guide.audience?.choice ?? ("token_endpoint" as const),
    ...addresses,
  };
}
