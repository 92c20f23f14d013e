import type { ProofCause } from "#lib/db/generated/enums.ts";

/** What a difference most likely is, who acts, and what they do. */
export type ProofAdvice = { title: string; cause: string; fix: string };

/** By what a verification took for the cause; of a result that nobody here sent too. */
export const PROOF_ADVICE: Record<ProofCause | "not_ours", ProofAdvice> = {
  edited: {
    title: "Changed on the platform",
    cause: "Most likely a teacher set another value in the gradebook.",
    fix: "Take the platform's value, leave it, or send ours again.",
  },
  kept_by_platform: {
    title: "The platform keeps a teacher's grade",
    cause:
      "The platform took our value and shows another: a grade that a teacher edited stays the final one.",
    fix: "Only a teacher can release it: in the platform's gradebook, take back the override of this grade, then send ours again. Or take the platform's value.",
  },
  left_alone: {
    title: "Left alone",
    cause: "It was changed on the platform, and the course's rule leaves such values alone.",
    fix: "Take the platform's value, or send ours over it.",
  },
  refused: {
    title: "Refused by the platform",
    cause: "The platform turned our value down, and holds another or none.",
    fix: "Read the platform's words at the score, put right what they name, and send it again.",
  },
  locked: {
    title: "Locked on the platform",
    cause: "The grade or its column is locked in the gradebook, so our value was not taken.",
    fix: "Ask a teacher of the course to unlock it, then send it again.",
  },
  wiped: {
    title: "Wiped",
    cause: "It was on the platform at an earlier verification and is there no longer.",
    fix: "Send it again.",
  },
  left_course: {
    title: "Left the course",
    cause: "The roster lists the person no longer; the platform gave their grades up.",
    fix: "Nothing to do, unless the person comes back: then it is sent again.",
  },
  wiped_on_return: {
    title: "Wiped while the person was away",
    cause: "The person left the course and came back; the platform deletes the grades of leavers.",
    fix: "Send it again; the next grade sync does so by itself.",
  },
  not_fully_graded: {
    title: "Not there: it is not fully graded",
    cause:
      "The platform keeps fully graded scores only, and wipes the grade for any other. Where it held a grade, ours was not sent, unless the course is set to.",
    fix: "Send it with the grading progress FullyGraded once it is.",
  },
  never_kept: {
    title: "Accepted and not kept",
    cause:
      "The platform answered that it took the score, and its results do not show it: often the column has no grades, such as the grade type None.",
    fix: "Look at the column's settings in the platform, then send it again.",
  },
  column_gone: {
    title: "The column is gone",
    cause: "The platform no longer has this line item.",
    fix: "Import the line items, or create the column again and push the scores to it.",
  },
  no_scope: {
    title: "Results may not be read",
    cause: "The platform does not let this tool read results here.",
    fix: "Switch on the grade service with reading for this tool in the platform.",
  },
  origin_not_allowed: {
    title: "The address is not approved",
    cause: "No access token is sent to the origin of this column: nobody approved it.",
    fix: "An admin approves it under “Service origins” on the registration's page; then verify again.",
  },
  not_listed: {
    title: "Results not read to their end",
    cause: "The platform's list of results broke off, so who is absent from it proves nothing.",
    fix: "Verify again.",
  },
  no_answer: {
    title: "No answer",
    cause: "The platform did not answer for this column.",
    fix: "Verify again.",
  },
  not_ours: {
    title: "Not ours",
    cause: "The platform holds a result here that nobody sent from Rollbook.",
    fix: "Nothing to do, unless another tool or person should not grade in this column.",
  },
};
