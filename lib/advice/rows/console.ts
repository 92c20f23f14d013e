import type { Entry } from "../advice.ts";

/** What went wrong at a request, a sign-in, or with the database, by code. */
export const CONSOLE_ADVICE = {
  "operation.confirmation_needed": {
    title: "This needs to be confirmed",
    cause:
      "It decides where Rollbook proves who it is, and where what it sends there could be used.",
    fix: "Check the addresses that are named. An admin confirms them if they are meant; over REST with `confirmsDestination`.",
    owner: "rollbook",
  },
  "auth.seal_broken": {
    title: "A sealed value cannot be opened",
    cause: "It was sealed with another secret.",
    fix: "Check that ROLLBOOK_SECRET is the one the data was made with.",
    owner: "rollbook",
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
  "operation.proof_needed": {
    title: "Confirm that it is you",
    cause:
      "Keys, people, signing keys, single sign-on and what is deleted for good are for who has just proved who they are, not for whoever finds a browser open.",
    fix: "Give your password, or a code of your app, or sign in at the provider again; then it goes on.",
    owner: "operator",
  },
  "operation.second_factor_needed": {
    title: "Set up a second factor",
    cause: "This installation asks one of every admin, and you have none.",
    fix: "Set one up on the page that opens at your next click; then everything else is there again.",
    owner: "operator",
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
  "auth.single_sign_on_refused": {
    title: "Single sign-on did not let this person in",
    cause: "The provider's answer is not valid, or no invitation and no rule is for this person.",
    fix: "Try again; an admin tests the provider under Settings → Single sign-on, and invites people under Settings.",
    owner: "operator",
  },
  "auth.single_sign_on_only": {
    title: "Passwords are switched off",
    cause: "People sign in at the institution's own provider here.",
    fix: "Use the button for single sign-on. Who is locked out runs `npm run let-in` on the server.",
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
  "auth.code_refused": {
    title: "The code is not right",
    cause: "It is of another moment or another app, or it was used already: each is good once.",
    fix: "Wait for the next code of the app. Clocks that differ by more than half a minute make codes wrong; a recovery code does without a clock.",
    owner: "operator",
  },
  "auth.passkey_refused": {
    title: "The passkey does not show who this is",
    cause:
      "It is nobody's here, was made for another address, did not ask who holds it, or the answer came too late.",
    fix: "Try again, or use another way. Where the public URL of this installation has changed, passkeys made before are no longer good: add new ones under Settings → Your account.",
    owner: "operator",
  },
  "auth.second_step_over": {
    title: "The sign-in took too long",
    cause: "A code is asked for ten minutes at most after the password, in the same browser.",
    fix: "Sign in again.",
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
  "db.backup_unreadable": {
    title: "The backup cannot be read",
    cause: "The file is another one, or was cut off.",
    fix: "Restore from another backup; the message says where this one ends.",
    owner: "rollbook",
  },
  "db.backup_newer": {
    title: "The backup is newer than this Rollbook",
    cause: "A later version made it.",
    fix: "Restore it with that version or a later one.",
    owner: "rollbook",
  },
  "db.not_empty": {
    title: "The database is not empty",
    cause: "A backup replaces everything, so it is restored only where there is nothing yet.",
    fix: "Name an empty database by DATABASE_URL, or another data folder by ROLLBOOK_DATA_DIR.",
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
  "operation.feed_expired": {
    title: "Changes after this cursor are not kept",
    cause:
      "The application did not read the feed for longer than changes are kept, or it has a cursor of another installation.",
    fix: "Take a cursor with after=now, read the members of each course, then go on from that cursor.",
    owner: "operator",
  },
} satisfies Record<string, Entry>;
