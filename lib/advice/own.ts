import type { Advice, Entry } from "./advice.ts";

/** What was entered here; the error names the field where it knows it. */
function invalid(advice: Advice): Entry {
  return ({ fact }) => ({
    ...advice,
    ...(fact("field") && {
      cause: `What was entered cannot work: ${fact("field")} ${fact("reason")}.`,
    }),
  });
}

/** What went wrong on our side of the wire, by code. */
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
  "operation.confirmation_needed": {
    title: "This needs to be confirmed",
    cause:
      "It decides where Rollbook proves who it is, and where what it sends there could be used.",
    fix: "Check the addresses that are named. An admin confirms them if they are meant; over REST with `confirmsDestination`.",
    owner: "rollbook",
  },
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
  "auth.seal_broken": {
    title: "A sealed value cannot be opened",
    cause: "It was sealed with another secret.",
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
    cause:
      "Your role, or the scopes of the API key, do not include it; or you are limited to registrations and this is about all of them.",
    fix: "Ask an admin of this installation for the right that is named here.",
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
  "operation.too_many_files": {
    title: "Too many files are being read",
    cause: "Large files are read one after another, and others wait already.",
    fix: "Try again in a few seconds, or divide the file.",
    owner: "operator",
  },
  "sync.lease_lost": {
    title: "Another process goes on with this run",
    cause: "The process that had it did not answer for a while.",
    fix: "Nothing to do: the other process goes on from where this one stopped.",
    owner: "nobody",
  },
  "operation.invalid_input": {
    title: "Some of the input is not valid",
    cause: "A field is missing, or its value does not fit.",
    fix: "Correct the fields that are named.",
    owner: "operator",
  },
  "operation.conflict": {
    title: "What is stored stands against this",
    cause: "The same exists already, or the object is in another state.",
    fix: "Look at the present state and decide again.",
    owner: "operator",
  },
  "operation.column_deleted": {
    title: "The line item was deleted",
    cause: "Somebody deleted this column here and on the platform, with the grades it held there.",
    fix: "Push the score to another line item; or add this one again, then push it there.",
    owner: "operator",
  },
  "operation.idempotency_mismatch": {
    title: "This idempotency key was used for another request",
    cause: "A key names one request; the body that came now is another.",
    fix: "Use a new key for a new request.",
    owner: "operator",
  },
  "operation.idempotency_in_progress": {
    title: "The same request is still under way",
    cause: "A request with this idempotency key has not ended yet.",
    fix: "Send it again in a moment; the same key gives the same answer.",
    owner: "operator",
  },
  "operation.version_mismatch": {
    title: "It was changed meanwhile",
    cause: "What is stored is newer than the version this change was made for.",
    fix: "Read it again, then repeat the change.",
    owner: "operator",
  },
  "auth.sign_in_refused": {
    title: "E-mail or password is wrong",
    cause: "Nobody signs in here with these.",
    fix: "Type both again, or ask an administrator of this installation.",
    owner: "operator",
  },
  "auth.sign_in_throttled": {
    title: "Too many attempts to sign in",
    cause: "Signing in failed too often in a short time.",
    fix: "Wait a little, then try again.",
    owner: "operator",
  },
  "auth.too_many_passwords": {
    title: "Too many sign-ins at once",
    cause: "Checking a password takes a moment of work, and many are being checked.",
    fix: "Try again in a few seconds. If it stays so, somebody may be guessing passwords: see the audit log.",
    owner: "operator",
  },
  "auth.password_refused": {
    title: "This password cannot be used",
    cause: "It is too short, too long, or not the present one.",
    fix: "Choose another password.",
    owner: "operator",
  },
  "db.unreachable": {
    title: "The database does not answer",
    cause: "It is down, or the network to it is.",
    fix: "Check that PostgreSQL runs and that DATABASE_URL leads to it.",
    owner: "rollbook",
  },
  "db.newer": {
    title: "The database is newer than this Rollbook",
    cause: "A later version has migrated it.",
    fix: "Start that version or a later one.",
    owner: "rollbook",
  },
  "db.migration_edited": {
    title: "A migration was changed after it ran",
    cause: "Its file is not the one that was applied to the database.",
    fix: "Install the release again, with its files as they were.",
    owner: "rollbook",
  },
  "db.migration_failed": {
    title: "A migration failed",
    cause: "The database refused one of its statements.",
    fix: "Read the database's words, mend what they name, and start again.",
    owner: "rollbook",
  },
  "db.embedded_failed": {
    title: "The built-in database did not start",
    cause: "Its own log says why.",
    fix: "Read that log; or set DATABASE_URL to a PostgreSQL of your own.",
    owner: "rollbook",
  },
  "db.embedded_unavailable": {
    title: "There is no built-in database for this machine",
    cause: "No build of it fits this system.",
    fix: "Set DATABASE_URL to a PostgreSQL of your own.",
    owner: "rollbook",
  },
  "db.data_folder_version": {
    title: "The data folder is of another PostgreSQL",
    cause: "It was made by another major version.",
    fix: "Start the version that made it, dump its data, and restore it here.",
    owner: "rollbook",
  },
} satisfies Record<string, Entry>;
