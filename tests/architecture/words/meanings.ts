import type { STATES } from "./states.ts";

type Meanings = { [Of in keyof typeof STATES]: Record<keyof (typeof STATES)[Of], string> };

/** What each state means, for docs/words.md; a state without its line does not compile. */
export const MEANINGS: Meanings = {
  run: {
    queued: "waits for a worker, or for its next attempt",
    running: "a worker performs it",
    paused: "stopped by a person until somebody resumes",
    held: "waits for a person to decide about removals",
    succeeded: "everything it was about is done",
    partly_succeeded: "some courses or scores are done, others failed",
    failed: "nothing was done, or it could not go on",
    cancelled: "a person stopped it; what was done stays",
  },
  part: {
    pending: "not begun",
    running: "under way",
    succeeded: "done",
    failed: "could not be done",
    skipped: "left out: nothing to do, or stopped before",
    held: "removals wait for a person",
  },
  outcome: {
    sent: "the platform accepted the score",
    rejected: "the platform refused this score",
    unknown: "no answer came: the platform may have it",
    confirmed: "no answer came, and the platform was seen to hold it",
    skipped: "the course's rule leaves the platform's own value alone",
  },
  score: {
    pending: "wanted and not sent yet",
    sending: "on its way",
    sent: "the platform accepted it",
    skipped: "the course's rule leaves the platform's own value alone",
    rejected: "the platform refused it",
    conflict: "the platform holds another value than the one sent last",
  },
  token: {
    none: "none was asked for yet",
    valid: "can be used",
    expiring: "can be used, and is replaced soon",
    expired: "can be used no more; the next run asks for another",
    evicted: "thrown away before its end",
    refused: "the platform gave none",
  },
  hold: {
    open: "waits for a person",
    approved: "the people were removed",
    discarded: "the people stay",
    superseded: "a later roster took its place",
  },
  removal: {
    held: "waits for a person",
    applied: "the person was removed",
    discarded: "the person stays",
  },
  member: {
    active: "the roster lists the person",
    inactive: "listed, without access",
    deleted: "listed as deleted",
    removed: "no roster lists the person any more; scores and dates are kept",
  },
  bulk: {
    running: "under way",
    cancelling: "stops after the object that it is acting on",
    done: "every object was dealt with; runs that it started end later",
    cancelled: "stopped; what was done stays",
  },
  testStep: {
    waiting: "not begun",
    running: "under way",
    passed: "as it should be",
    warned: "works, with something to look at",
    failed: "does not work",
    skipped: "does not apply here",
    not_reached: "a step before it failed",
  },
  health: {
    unknown: "nothing was synced yet",
    healthy: "the last syncs succeeded",
    warning: "works, with something to look at",
    degraded: "the last sync failed, or part of it",
    paused: "stopped by a person until somebody resumes",
  },
  planned: {
    planned: "is still to come",
    blacked_out: "a blackout of the schedule lies over it",
    skipped: "it passed, and no run was started",
  },
  signingKey: {
    next: "published, signs nothing yet",
    signing: "signs every assertion",
    previous: "published, signs nothing any more",
    retired: "not published any more",
  },
  webhook: {
    delivering: "its receiver accepts what is posted",
    failing: "an event was not accepted, and is tried again",
    disabled: "nothing is posted until somebody enables it",
  },
  alertMessage: {
    waiting: "is sent as soon as the mail server takes it, or quiet hours end",
    sent: "the mail server took it",
    failed: "the mail server did not take it for a day",
  },
  invitation: {
    open: "nobody followed the link yet",
    opened: "followed, and not finished",
    used: "an LMS registered by it",
    expired: "its time is over",
    revoked: "a person took it back",
  },
};
