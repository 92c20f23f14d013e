import type { Right } from "#lib/auth/rights.ts";
import type { Reach } from "../doors.ts";

/** `{courseId}` and the like stand for the object of that name. */
export type Form = Record<string, string | File>;

export type ActionDoor = readonly [needs: Right, reach: Reach, form: Form];

const course = { courseId: "{courseId}" };
const registration = { registrationId: "{registrationId}" };
const lineItem = { lineItemId: "{lineItemId}" };
const run = { runId: "{runId}" };
const hold = { holdId: "{holdId}" };
const schedule = { scheduleId: "{scheduleId}" };
const draft = { draftId: "01939f2e-0000-7000-8000-000000000000" };
const deployment = { ...registration, deploymentId: "{deploymentId}" };
const origin = { ...registration, originId: draft.draftId };

const registrationFields = {
  name: "State University",
  profile: "other",
  issuer: "https://lms.example.edu",
  clientId: "asked by the table",
  tokenEndpoint: "https://lms.example.edu/token",
  authorizationEndpoint: "https://lms.example.edu/authorize",
  jwksUrl: "https://lms.example.edu/jwks",
};
const courseFields = { deploymentId: "1", contextId: "asked by the table", title: "Biology" };
const nightly = {
  kind: "roster_sync",
  preset: "0 2 * * *",
  timeZone: "UTC",
  jitterSeconds: "0",
};
const place = { profile: "moodle", name: "Moodle", site: "https://moodle.example.edu" };
const bulk = { action: "runs.cancel", query: "registrationId={registrationId}" };

const acts = (needs: Right, reach: Reach, forms: Record<string, Form>) =>
  Object.fromEntries(
    Object.entries(forms).map(([name, form]): [string, ActionDoor] => [name, [needs, reach, form]]),
  );

/**
 * What every server action of the console needs, by its folder in app without the groups in
 * brackets, and a form that is complete. Those for visitors stand in VISITOR_ACTIONS.
 */
export const ACTION_DOORS: Record<string, Record<string, ActionDoor>> = {
  "": {
    ...acts("runs:write", "everywhere", { pauseAll: {}, resumeAll: {} }),
    ...acts("admin", "everywhere", { removeDemo: { confirmation: "demo data" } }),
  },
  "login/again": acts("read", "own", {
    proveAgain: { password: "not the present one" },
    askPasskeyAgain: {},
  }),
  courses: acts("registrations:write", "object", {
    addCourse: { ...registration, ...courseFields },
  }),
  "courses/[courseId]": {
    ...acts("registrations:write", "object", {
      saveChanges: { ...course, ...courseFields },
      archive: { ...course, confirmation: "Introduction to Biology" },
      restore: course,
    }),
    ...acts("runs:write", "object", {
      pause: course,
      resume: course,
      syncRoster: course,
      previewRoster: course,
      syncGrades: course,
    }),
  },
  "courses/[courseId]/grades": acts("scores:write", "object", {
    importLineItems: course,
    addLineItem: { ...course, label: "Quiz 2", scoreMaximum: "10" },
    previewScores: { ...lineItem, file: new File(["userId,score\nu-1,1\n"], "scores.csv") },
    storeScores: { ...lineItem, csv: "userId,score\nu-1,1\n" },
    setScore: { ...lineItem, userId: "u-1", scoreGiven: "1", scoreMaximum: "10" },
    withdrawScore: { ...lineItem, userId: "u-1" },
    resolveConflicts: { ...course, scoreIds: draft.draftId, resolution: "keep" },
  }),
  "courses/[courseId]/grades/line-items/[lineItemId]": {
    ...acts("read", "object", { compareLineItem: lineItem }),
    ...acts("scores:write", "object", {
      saveLineItem: { ...lineItem, label: "Quiz One", scoreMaximum: "10" },
      removeLineItem: { ...lineItem, confirmation: "Quiz 1" },
    }),
  },
  "courses/[courseId]/proof": {
    ...acts("runs:write", "object", { verify: course }),
    ...acts("scores:write", "object", { decide: { ...course, act: "leave" } }),
  },
  "courses/[courseId]/roster": acts("runs:write", "object", {
    holdLarger: course,
    restoreMember: { ...course, userId: "u-1" },
  }),
  "courses/[courseId]/settings": acts("runs:write", "object", {
    saveSettings: {
      ...course,
      sendPolicy: "on_request",
      conflictPolicy: "ask",
      notFullyGraded: "refuse",
      verifyAfterSend: "never",
    },
  }),
  "holds/[holdId]": acts("runs:write", "object", {
    approve: hold,
    discard: hold,
    restore: hold,
    checkAgain: hold,
    allowLarger: course,
  }),
  operations: acts("runs:write", "object", {
    previewOperation: bulk,
    startOperation: bulk,
    cancelOperation: { operationId: "{operationId}" },
  }),
  "settings/alerts": acts("admin", "everywhere", {
    acknowledge: { alertId: draft.draftId },
    addRule: { name: "Operators", addresses: "lti@example.edu" },
    saveRule: { ruleId: draft.draftId, name: "Operators", addresses: "lti@example.edu" },
    enableRule: { ruleId: draft.draftId },
    disableRule: { ruleId: draft.draftId },
    removeRule: { ruleId: draft.draftId },
    sendTest: { ruleId: draft.draftId },
    saveServer: { host: "127.0.0.1", port: "25", security: "none", from: "a@example.edu" },
  }),
  "settings/webhooks": acts("admin", "everywhere", {
    addWebhook: { name: "Grade book", url: "https://tool.example.edu/hooks" },
    saveWebhook: { webhookId: draft.draftId, name: "Book", url: "https://tool.example.edu/hooks" },
    rotateSecret: { webhookId: draft.draftId, overlapHours: "24" },
    enableWebhook: { webhookId: draft.draftId },
    disableWebhook: { webhookId: draft.draftId },
    sendTest: { webhookId: draft.draftId },
    replay: { webhookId: draft.draftId, hours: "24" },
    removeWebhook: { webhookId: draft.draftId, confirmation: "Grade book" },
  }),
  "registrations/[registrationId]/settings": acts("registrations:write", "object", {
    chooseSigning: { ...registration, signsWith: "own_key_set" },
    importKey: { ...registration, key: "no key", kid: "k" },
    useKey: { ...registration, keyId: draft.draftId },
    deleteKey: { ...registration, keyId: draft.draftId },
  }),
  "registrations/[registrationId]": {
    ...acts("registrations:write", "object", {
      saveChanges: { ...registration, ...registrationFields },
      addDeployment: { ...registration, deploymentId: "2" },
      archive: { ...registration, confirmation: "State University" },
      restore: registration,
      approve: registration,
      decline: registration,
      approveDeployment: deployment,
      declineDeployment: deployment,
    }),
    ...acts("runs:write", "object", {
      pause: registration,
      resume: registration,
      tryNow: registration,
      syncAllRosters: registration,
      verifyGrades: registration,
    }),
    ...acts("admin", "object", {
      addOrigin: { ...registration, origin: "https://elsewhere.example.edu" },
      approveOrigin: origin,
      declineOrigin: origin,
      removeOrigin: origin,
    }),
  },
  "registrations/[registrationId]/test": acts("registrations:write", "object", {
    testConnection: registration,
    testAndShow: registration,
    probeAudience: registration,
  }),
  "registrations/import": acts("registrations:write", "everywhere", {
    previewRegistrations: { text: "issuer,client_id\nhttps://lms.example.edu,1\n" },
    addRegistrations: { text: "issuer,client_id\nhttps://lms.example.edu,1\n" },
  }),
  "registrations/new": {
    ...acts("registrations:write", "own", {
      begin: place,
      movePlace: { ...draft, ...place },
      chooseWay: { ...draft, way: "by_hand" },
      invite: draft,
      saveRegistration: { ...draft, ...registrationFields },
      keepAndGoBack: { ...draft, profile: "other" },
      toFirstLaunch: draft,
      finish: draft,
      discard: draft,
    }),
    ...acts("registrations:write", "object", {
      approveAndTest: { ...draft, ...registration },
      goOn: { ...draft, ...registration },
    }),
  },
  "registrations/pending": acts("registrations:write", "everywhere", {
    invite: { name: "State University" },
    revoke: { invitationId: draft.draftId },
  }),
  "runs/[runId]": acts("runs:write", "object", {
    cancel: run,
    applyPreview: run,
    applyAdditions: run,
    discardPreview: run,
    restore: run,
    retryFailed: run,
  }),
  schedules: acts("runs:write", "object", {
    addSchedule: { ...nightly, ...course },
    saveSchedule: { ...nightly, ...schedule },
    enable: schedule,
    disable: schedule,
    remove: schedule,
  }),
  settings: {
    ...acts("admin", "everywhere", {
      createApiKey: { name: "of the table", "scopes[0]": "read" },
      rotateApiKey: { apiKeyId: draft.draftId, overlapHours: "1" },
      revokeApiKey: { apiKeyId: draft.draftId, confirmation: "of the table" },
      inviteOperator: { name: "Grace", email: "grace@example.edu", role: "viewer" },
      createPasswordLink: { operatorId: draft.draftId },
      changeOperatorAccess: { operatorId: draft.draftId, role: "viewer" },
      removeOperator: { operatorId: draft.draftId, confirmation: "Grace" },
      endSession: { sessionId: draft.draftId },
      resetSecondFactor: { operatorId: draft.draftId },
      changeSessionLimits: { idleHours: "8", longestHours: "168" },
      changeSignInRules: { askAgainMinutes: "15" },
    }),
    ...acts("read", "own", {
      endOwnSession: { sessionId: draft.draftId },
      endOtherSessions: {},
    }),
  },
  "settings/account": acts("read", "own", {
    changePassword: { present: "not the present one", next: "another word for the door" },
    beginApp: {},
    confirmApp: { present: "not the present one", code: "000000" },
    renewRecoveryCodes: { present: "not the present one", code: "000000" },
    removeApp: { present: "not the present one", code: "000000" },
    beginPasskey: {},
    addPasskey: { name: "of the table", state: "none", response: "{}" },
    renamePasskey: { passkeyId: draft.draftId, name: "of the table" },
    removePasskey: { passkeyId: draft.draftId },
  }),
  "settings/single-sign-on": acts("admin", "everywhere", {
    changeSingleSignOn: {},
    testSingleSignOn: {},
  }),
  "settings/keys": acts("admin", "everywhere", {
    prepare: {},
    switchKey: {},
    retire: { kid: "none" },
    replace: { confirmation: "replace all keys" },
  }),
  "settings/people": acts("admin", "everywhere", {
    saveRetention: {},
    erase: { ...registration, userId: "u-1", confirmation: "u-1" },
  }),
  tokens: acts("runs:write", "object", { refresh: registration, drop: registration }),
};
