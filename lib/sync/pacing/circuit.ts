/** So many failures in a row without an answer open the circuit. */
export const OPENS_AT = 5;

const FIRST_COOLDOWN_MS = 15_000;
const LONGEST_COOLDOWN_MS = 10 * 60_000;

/** How long a platform is left alone after so many failures in a row; 0 while the circuit is closed. */
export function cooldownMs(failures: number): number {
  if (failures < OPENS_AT) return 0;
  return Math.min(LONGEST_COOLDOWN_MS, FIRST_COOLDOWN_MS * 2 ** (failures - OPENS_AT));
}

/** While the circuit is open one call at a time finds out whether the platform is back. */
export function slotsAt(failures: number, concurrency: number): number {
  return failures >= OPENS_AT ? 1 : concurrency;
}
