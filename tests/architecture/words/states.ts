import { RUN_STATES, PLANNED_STATES, BULK_STATES } from "#components/states/tables/runs.ts";
import { PART_STATES, OUTCOME_STATES } from "#components/states/tables/run-parts.ts";
import { SCORE_STATES } from "#components/states/tables/scores.ts";
import { MEMBER_STATES, HOLD_STATES, REMOVAL_STATES } from "#components/states/tables/rosters.ts";
import { TOKEN_STATES, SIGNING_KEY_STATES } from "#components/states/tables/keys.ts";
import { INVITATION_STATES, TEST_STEP_STATES } from "#components/states/tables/registrations.ts";
import { HEALTH_STATES } from "#components/states/tables/health.ts";
import { WEBHOOK_STATES, ALERT_MESSAGE_STATES } from "#components/states/tables/delivery.ts";

/** Every state that the console shows, by what has it. */
export const STATES = {
  run: RUN_STATES,
  part: PART_STATES,
  outcome: OUTCOME_STATES,
  score: SCORE_STATES,
  token: TOKEN_STATES,
  hold: HOLD_STATES,
  removal: REMOVAL_STATES,
  member: MEMBER_STATES,
  bulk: BULK_STATES,
  testStep: TEST_STEP_STATES,
  health: HEALTH_STATES,
  planned: PLANNED_STATES,
  signingKey: SIGNING_KEY_STATES,
  webhook: WEBHOOK_STATES,
  alertMessage: ALERT_MESSAGE_STATES,
  invitation: INVITATION_STATES,
};
