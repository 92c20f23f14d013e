import type { Advice, Entry } from "../advice.ts";

/** What was entered here; the error names the field where it knows it. */
function invalid(advice: Advice): Entry {
  return ({ fact }) => ({
    ...advice,
    ...(fact("field") && {
      cause: `What was entered cannot work: ${fact("field")} ${fact("reason")}.`,
    }),
  });
}

/** What went wrong in a run, or in what was given to it, by code. */
export const OWN_ADVICE = {
  "lti.registration_invalid": invalid({
    title: "The registration cannot work as it is",
    cause: "One of its values does not fit.",
    fix: "Correct the registration.",
    owner: "operator",
  }),
  "lti.endpoint_invalid": invalid({
    title: "A service address cannot be used",
    cause: "The address on the course is not one that a platform offers.",
    fix: "Correct the course's service addresses.",
    owner: "operator",
  }),
  "lti.origin_not_allowed": ({ fact }) => ({
    title: "A service address is not approved",
    cause: `No access token is sent to ${fact("origin") || "this address"}: ${
      fact("state") === "declined"
        ? "an admin declined it."
        : "neither a launch of the LMS nor an admin has named it as one of the LMS."
    }`,
    fix: `If ${fact("origin") || "it"} belongs to the LMS, an admin approves it under “Service origins” on the registration's page; then start this again. If it does not, correct the course's service addresses.`,
    owner: "rollbook",
  }),
  "platform.profile_invalid": invalid({
    title: "A platform setting does not fit",
    cause: "One of the overrides is out of its bounds.",
    fix: "Correct the registration's overrides.",
    owner: "operator",
  }),
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
    title: "The line item belongs to a link",
    cause: "The platform keeps this column for a link of the course, which would be without one.",
    fix: "Delete the link in the platform instead; or say that the column of a link is meant (`coupled`).",
    owner: "operator",
  },
  "lti.content_item_invalid": {
    title: "What is to be linked breaks a rule of the standard",
    cause: "Deep linking does not allow such a content item.",
    fix: "Correct the field that is named.",
    owner: "operator",
  },
  "lti.signing_key_invalid": {
    title: "The signing key cannot be used",
    cause: "It is damaged, or sealed with another secret.",
    fix: "Check that ROLLBOOK_SECRET is the one the data was made with.",
    owner: "rollbook",
  },
  "lti.request_cancelled": ({ isTest }) => ({
    title: "Cancelled before it was sent",
    cause: isTest ? "The test ran out of its time." : "The run was cancelled.",
    owner: "nobody",
    fix: isTest
      ? "Test again; if it stays slow, look at the platform’s load."
      : "Start it again when it is wanted.",
  }),
  "sync.roster_moved": {
    title: "The roster changed since the preview",
    cause: "A sync or an operator changed it after the preview had read it.",
    fix: "Preview the roster again.",
    owner: "operator",
  },
  "sync.platform_cooling_down": {
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
      "A teacher or an administrator locked this grade, or its whole column, in the platform's gradebook, or set the column to take no grades.",
    fix: "Ask a teacher of the course to unlock it in the gradebook, and to see that the column's type is a value; then retry what failed. Everybody else's scores went out.",
    owner: "platform_admin",
  },
  "sync.score_failed_on_platform": {
    title: "The platform fails at this score",
    cause: "It answered this score with a server error each time, and other calls meanwhile well.",
    fix: "Look in the platform's gradebook whether the grade or its column is locked or damaged, then retry what failed.",
    owner: "platform_admin",
  },
  "sync.would_wipe_grade": {
    title: "The score would wipe the grade on the platform",
    cause:
      "This platform deletes the grade it holds when a score comes that is not fully graded or has no value.",
    fix: "Push the score again once it is fully graded. If the grade is meant to go, an operator chooses “Send it” for such scores in the course's settings, then retries what failed.",
    owner: "operator",
  },
  "sync.changed_on_platform": {
    title: "Somebody changed the grade on the platform",
    cause: "The platform holds another value than the one sent last.",
    fix: "Keep the platform's value or overwrite it, score by score or all at once.",
    owner: "operator",
  },
  "sync.results_unreadable": {
    title: "Some results could not be read back",
    cause: "The platform let a column's results not be read, or has the column no longer.",
    fix: "The course's page Proof says for each score what kept it from being read.",
    owner: "operator",
  },
  "sync.results_incomplete": {
    title: "The platform's grades were not read to their end",
    cause: "Whether somebody changed this grade there is not known, so it was not sent.",
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
  "sync.signing_key_missing": {
    title: "There is no key to sign with",
    cause: "The registration signs with an imported key, and none was imported.",
    fix: "Import the tool's private key on the registration's settings, or let Rollbook sign with its own.",
    owner: "operator",
  },
  "sync.move_refused": {
    title: "The run has moved on",
    cause: "It reached another state before this was asked.",
    fix: "Look at its present state and decide again.",
    owner: "operator",
  },
  "sync.lease_lost": {
    title: "Another process goes on with this run",
    cause: "The process that had it did not answer for a while.",
    fix: "Nothing to do: the other process goes on from where this one stopped.",
    owner: "nobody",
  },
} satisfies Record<string, Entry>;
