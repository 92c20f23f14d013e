import type { Advice } from "./advice.ts";

/** What went wrong on our side of the wire, by code. */
export const OWN_ADVICE = {
  "lti.registration_invalid": {
    title: "The registration cannot work as it is",
    cause: "One of its values does not fit.",
    fix: "Correct the registration.",
    owner: "operator",
  },
  "lti.endpoint_invalid": {
    title: "A service address cannot be used",
    cause: "The address on the course is not one that a platform offers.",
    fix: "Correct the course's service addresses.",
    owner: "operator",
  },
  "platform.profile_invalid": {
    title: "A platform setting does not fit",
    cause: "One of the overrides is out of its bounds.",
    fix: "Correct the registration's overrides.",
    owner: "operator",
  },
  "lti.score_invalid": {
    title: "The score breaks a rule of the standard",
    cause: "The grade service does not allow such a score.",
    fix: "Correct the score and send it again.",
    owner: "operator",
  },
  "lti.line_item_invalid": {
    title: "The line item breaks a rule of the standard",
    cause: "The grade service does not allow such a line item.",
    fix: "Correct the line item.",
    owner: "operator",
  },
  "lti.coupled_line_item": {
    title: "The platform made this line item",
    cause: "It belongs to a link in the course.",
    fix: "Delete it in the platform instead.",
    owner: "operator",
  },
  "lti.signing_key_invalid": {
    title: "The signing key cannot be used",
    cause: "It is damaged, or sealed with another secret.",
    fix: "Check that ROLLBOOK_SECRET is the one the data was made with.",
    owner: "rollbook",
  },
  "auth.seal_broken": {
    title: "A sealed value cannot be opened",
    cause: "It was sealed with another secret.",
    fix: "Check that ROLLBOOK_SECRET is the one the data was made with.",
    owner: "rollbook",
  },
  "lti.request_cancelled": {
    title: "Cancelled before it was sent",
    cause: "The run was cancelled.",
    fix: "Start it again when it is wanted.",
    owner: "nobody",
  },
  "sync.roster_moved": {
    title: "The roster changed since the preview",
    cause: "A sync or an operator changed it after the preview had read it.",
    fix: "Preview the roster again.",
    owner: "operator",
  },
  "sync.platform_resting": {
    title: "The platform is left alone for a while",
    cause: "It asked for that, or several calls in a row got no answer.",
    fix: "Nothing: runs go on by themselves. “Try now” on the registration's page ends the wait.",
    owner: "nobody",
  },
  "sync.retries_spent": {
    title: "Given up after several attempts",
    cause: "The platform kept failing, and no attempt got further than the one before.",
    fix: "Check that the platform is well, then retry the run.",
    owner: "operator",
  },
  "sync.scores_rejected": {
    title: "The platform rejected some scores",
    cause: "One rejected score never stops the rest: those that are not listed here arrived.",
    fix: "Read the platform's words for each, put it right, then retry what failed.",
    owner: "operator",
  },
  "sync.grade_locked": {
    title: "The grade is locked on the platform",
    cause:
      "A teacher or an administrator locked this grade, or its whole column, in the platform's gradebook.",
    fix: "Ask a teacher of the course to unlock it in the gradebook, then retry what failed. Everybody else's scores went out.",
    owner: "platform_admin",
  },
  "sync.score_failed_on_platform": {
    title: "The platform fails at this score",
    cause: "It answered this score with a server error each time, and other calls meanwhile well.",
    fix: "Look in the platform's gradebook whether the grade or its column is locked or damaged, then retry what failed.",
    owner: "platform_admin",
  },
  "sync.changed_on_platform": {
    title: "Somebody changed the grade on the platform",
    cause: "The platform holds another value than the one sent last.",
    fix: "Keep the platform's value or overwrite it, score by score or all at once.",
    owner: "operator",
  },
  "sync.results_incomplete": {
    title: "The platform's grades were not read to their end",
    cause: "Whether somebody changed this grade there cannot be told, so it was not sent.",
    fix: "Retry the run, or set the course to overwrite what the platform holds.",
    owner: "operator",
  },
  "sync.course_paused": {
    title: "The course is paused",
    cause: "Somebody paused its syncs.",
    fix: "Resume the course, then sync it.",
    owner: "operator",
  },
  "sync.roster_incomplete": {
    title: "The roster was not read to its end",
    cause: "The platform stopped listing members before it said that was all of them.",
    fix: "Sync again. Nobody is removed until a roster is read to its end.",
    owner: "operator",
  },
  "sync.target_missing": {
    title: "What this run needs is gone",
    cause: "The registration, the course or the key was removed meanwhile.",
    fix: "Start a new run.",
    owner: "operator",
  },
  "sync.move_refused": {
    title: "The run has moved on",
    cause: "It reached another state before this was asked.",
    fix: "Look at its present state and decide again.",
    owner: "operator",
  },
  "operation.not_signed_in": {
    title: "You are signed out",
    cause: "The session has ended.",
    fix: "Sign in again; nothing is lost.",
    owner: "operator",
  },
  "operation.not_permitted": {
    title: "This is not permitted",
    cause: "Your account may not do this.",
    fix: "Ask an administrator of this installation.",
    owner: "rollbook",
  },
  "operation.not_found": {
    title: "This does not exist",
    cause: "It was removed, or the address is wrong.",
    fix: "Go back to the list and look for it there.",
    owner: "operator",
  },
  "operation.too_many_attempts": {
    title: "Too many attempts",
    cause: "The same was tried too often in a short time.",
    fix: "Wait a little, then try again.",
    owner: "operator",
  },
} satisfies Record<string, Advice>;
