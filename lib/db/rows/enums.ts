import * as schema from "../generated/enums.ts";
import { enumeration } from "./types.ts";

/*
 * The enumerations of the schema as columns of rows. That each has in the database the labels that
 * it has in the code is part of the check of any row with such a column.
 */

export const assertionAudience = enumeration("assertion_audience", schema.AssertionAudience);
export const conflictPolicy = enumeration("conflict_policy", schema.ConflictPolicy);
export const holdState = enumeration("hold_state", schema.HoldState);
export const membershipStatus = enumeration("membership_status", schema.MembershipStatus);
export const notFullyGraded = enumeration("not_fully_graded_policy", schema.NotFullyGradedPolicy);
export const outcomeKind = enumeration("outcome_kind", schema.OutcomeKind);
export const partState = enumeration("part_state", schema.PartState);
export const registrationState = enumeration("registration_state", schema.RegistrationState);
export const rosterChangeKind = enumeration("roster_change_kind", schema.RosterChangeKind);
export const rosterChangeState = enumeration("roster_change_state", schema.RosterChangeState);
export const runKind = enumeration("run_kind", schema.RunKind);
export const runState = enumeration("run_state", schema.RunState);
export const runTrigger = enumeration("run_trigger", schema.RunTrigger);
export const scoreState = enumeration("score_state", schema.ScoreState);
export const sendPolicy = enumeration("send_policy", schema.SendPolicy);
export const signsWith = enumeration("signs_with", schema.SignsWith);
export const tokenCase = enumeration("token_case", schema.TokenCase);
