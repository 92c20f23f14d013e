import type { RegistrationInput } from "#lib/operations/schemas/registrations.ts";
import { platformGuides } from "./index.ts";
import { valuesForSite, type Addresses, type PlatformGuide } from "./platform-guide.ts";

export type Preset = {
  guide: PlatformGuide;
  values: Addresses & Pick<RegistrationInput, "audience">;
};

/** What the address of the new registration's page asks to fill in; null while no platform is chosen. */
export function presetFrom(choice: {
  platform?: string;
  environment?: string;
  site?: string;
}): Preset | null {
  const guide = platformGuides.find(({ profile }) => profile === choice.platform);
  if (!guide) return null;
  const audience = guide.audience?.choice ?? "token_endpoint";
  return { guide, values: { ...addressesOf(guide, choice), audience } };
}

function addressesOf(
  guide: PlatformGuide,
  { environment, site }: { environment?: string; site?: string },
): Addresses {
  if (site) return valuesForSite(guide, site);
  const named = guide.environments.find(({ key }) => key === environment);
  const [only, ...others] = guide.environments;
  return (named ?? (others.length === 0 ? only : undefined))?.values ?? {};
}
