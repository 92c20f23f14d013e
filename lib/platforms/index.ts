import type { PlatformProfileKey } from "./profiles.ts";
import { blackboard } from "./blackboard.ts";
import { brightspace } from "./brightspace.ts";
import { canvas } from "./canvas.ts";
import { moodle } from "./moodle.ts";
import { other } from "./other.ts";
import type { PlatformGuide } from "./platform-guide.ts";
import { sakai } from "./sakai.ts";
import { schoology } from "./schoology.ts";

/** How each LMS words a registration, in the order the chooser shows them. */
export const platformGuides: readonly PlatformGuide[] = [
  canvas,
  moodle,
  blackboard,
  brightspace,
  sakai,
  schoology,
  other,
];

export function guideFor(profile: PlatformProfileKey): PlatformGuide {
  return platformGuides.find((guide) => guide.profile === profile) ?? other;
}

export { addressesOf, valuesForSite } from "./platform-guide.ts";
export type {
  Addresses,
  FieldWords,
  PlatformGuide,
  RegistrationField,
  ToolValue,
} from "./platform-guide.ts";
