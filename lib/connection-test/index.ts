/** The connection test: a registration examined step by step, from its addresses to its line items. */
export { examineConnection } from "./examine.ts";
export type { Examination } from "./examine.ts";
export { probeAudience } from "./probe-audience.ts";
export type { AudienceAttempt } from "./probe-audience.ts";
export { createReach } from "./network/reach.ts";
export { STEP_KEYS, verdictOf, waitingStep } from "./step.ts";
export type { Step, StepKey } from "./step.ts";
export type { Subject } from "./subject.ts";
