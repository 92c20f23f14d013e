import { PLATFORM_NAMES } from "#lib/platforms/names.ts";

export const PLATFORM_OPTIONS = Object.entries(PLATFORM_NAMES).map(([value, label]) => ({
  value,
  label,
}));
