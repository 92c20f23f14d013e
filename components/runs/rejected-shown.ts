/** How many rejected scores a run's page shows at once. */
export const REJECTED_SHOWN = 3;
