/** Holds that a run's page names one by one. */
export const HOLDS_SHOWN = 10;
