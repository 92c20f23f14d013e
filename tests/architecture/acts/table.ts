/**
 * What an act leads to. One that cannot be taken back, or touches more than a few people, asks
 * before; one by which something is lost for good has its name typed.
 */
export type Consequence =
  /** Changes nothing that is kept, or only what its form shows and can be saved anew. */
  | { is: "harmless" }
  /** A page or dialog of its own says what it will do, with fields to fill in. */
  | { is: "form" }
  /** Another act takes it back. */
  | { is: "undone"; by: string }
  /** Starts a run, which is watched, cancelled, and holds what is unusual. */
  | { is: "run" }
  /** Opens a dialog: at these places, as this expression. */
  | { is: "asks"; at: string; action: string }
  /** The same with a name to type. */
  | { is: "typed"; at: string; action: string };

const harmless: Consequence = { is: "harmless" };
const form: Consequence = { is: "form" };
const run: Consequence = { is: "run" };
const undone = (by: string): Consequence => ({ is: "undone", by });
const asks = (at: string, action: string): Consequence => ({ is: "asks", at, action });
const typed = (at: string, action: string): Consequence => ({ is: "typed", at, action });

/** Every server action by its folder in app, without the groups in brackets. */
export const ACTS: Record<string, Record<string, Consequence>> = {
  "": {
    leave: harmless,
    pauseAll: asks("components/overview/overview-board.tsx", "action"),
    resumeAll: undone("pauseAll"),
    removeDemo: typed("components/layout/system-news.tsx", "props.removeDemoData"),
  },
  login: { signIn: harmless, askPasskey: harmless, signInByPasskey: harmless },
  "login/again": { proveAgain: form, askPasskeyAgain: harmless },
  "login/code": { enterCode: form },
  "password/[token]": { choosePassword: form },
  setup: { setUp: form },
  courses: { addCourse: form },
  "courses/[courseId]": {
    saveChanges: form,
    archive: typed("app/(admin)/courses/[courseId]/settings/page.tsx", "archive"),
    restore: undone("archive"),
    pause: undone("resume"),
    resume: undone("pause"),
    syncRoster: run,
    previewRoster: run,
    syncGrades: asks("components/courses/page/send-scores.tsx", "send"),
  },
  "courses/[courseId]/grades": {
    importLineItems: harmless,
    addLineItem: form,
    previewScores: harmless,
    storeScores: form,
    setScore: form,
    withdrawScore: asks("components/grades/score-columns.tsx", "withdraw"),
    resolveConflicts: asks("components/grades/conflict-decision.tsx", "resolve"),
  },
  "courses/[courseId]/grades/line-items/[lineItemId]": {
    compareLineItem: harmless,
    saveLineItem: form,
    removeLineItem: typed("components/grades/line-items/line-item-page.tsx", "remove"),
  },
  "courses/[courseId]/proof": {
    verify: run,
    decide: asks("components/proof/difference-columns.tsx", "decide"),
  },
  "courses/[courseId]/roster": {
    holdLarger: undone("holds/[holdId]#allowLarger"),
    restoreMember: harmless,
  },
  "courses/[courseId]/settings": { saveSettings: form },
  "holds/[holdId]": {
    approve: asks("components/holds/page/hold-actions.tsx", "acts.approve"),
    discard: undone("checkAgain"),
    restore: undone("checkAgain"),
    checkAgain: run,
    allowLarger: undone("courses/[courseId]/roster#holdLarger"),
  },
  operations: {
    previewOperation: harmless,
    startOperation: form,
    cancelOperation: asks("components/bulk/bulk-page.tsx", "cancel"),
  },
  "registrations/[registrationId]": {
    saveChanges: form,
    addDeployment: form,
    archive: typed("app/(admin)/registrations/[registrationId]/settings/page.tsx", "archive"),
    restore: undone("archive"),
    pause: asks("components/registrations/page/header/pause-registration.tsx", "props.pause"),
    resume: undone("pause"),
    tryNow: harmless,
    syncAllRosters: run,
    verifyGrades: run,
    approve: undone("archive"),
    decline: undone("approve"),
    approveDeployment: undone("declineDeployment"),
    declineDeployment: undone("approveDeployment"),
    addOrigin: form,
    approveOrigin: undone("removeOrigin"),
    declineOrigin: undone("approveOrigin"),
    removeOrigin: asks("components/registrations/approval/service-origins-card.tsx", "props"),
  },
  "settings/alerts": {
    acknowledge: harmless,
    addRule: form,
    saveRule: form,
    enableRule: undone("disableRule"),
    disableRule: undone("enableRule"),
    removeRule: asks("components/settings/alerts/alert-rules.tsx", "acts.removeRule"),
    sendTest: harmless,
    saveServer: form,
  },
  "settings/webhooks": {
    addWebhook: form,
    saveWebhook: form,
    rotateSecret: form,
    enableWebhook: undone("disableWebhook"),
    disableWebhook: undone("enableWebhook"),
    sendTest: harmless,
    replay: asks("components/settings/webhooks/webhook-card.tsx", "props.replay"),
    removeWebhook: typed("components/settings/webhooks/webhook-card.tsx", "props.remove"),
  },
  "registrations/[registrationId]/settings": {
    chooseSigning: form,
    importKey: form,
    useKey: undone("useKey"),
    deleteKey: asks("components/keys/imported-keys.tsx", "props.deleteKey"),
  },
  "registrations/[registrationId]/test": {
    testConnection: harmless,
    testAndShow: harmless,
    probeAudience: undone("registrations/[registrationId]#saveChanges"),
  },
  "registrations/import": { previewRegistrations: harmless, addRegistrations: form },
  "registrations/new": {
    begin: form,
    movePlace: form,
    chooseWay: harmless,
    invite: form,
    approveAndTest: undone("registrations/[registrationId]#archive"),
    goOn: harmless,
    saveRegistration: form,
    keepAndGoBack: harmless,
    toFirstLaunch: harmless,
    finish: harmless,
    discard: asks("components/wizard/draft-list.tsx", "discard"),
  },
  "registrations/pending": {
    invite: form,
    revoke: asks("components/invitations/invitation-list.tsx", "revoke"),
  },
  "runs/[runId]": {
    cancel: asks("components/runs/page/header/run-acts.tsx", "cancel"),
    applyPreview: asks("components/rosters/preview-panel.tsx", "acts.applyPreview"),
    applyAdditions: asks("components/rosters/preview-panel.tsx", "acts.applyAdditions"),
    discardPreview: undone("courses/[courseId]#previewRoster"),
    restore: undone("courses/[courseId]#syncRoster"),
    retryFailed: asks("components/runs/page/header/run-acts.tsx", "retry"),
  },
  schedules: {
    addSchedule: form,
    saveSchedule: form,
    enable: undone("disable"),
    disable: undone("enable"),
    remove: asks("components/schedules/schedule-row.tsx", "props.remove"),
  },
  settings: {
    createApiKey: form,
    rotateApiKey: form,
    revokeApiKey: typed("components/settings/api-keys/api-keys.tsx", "revoke"),
    inviteOperator: form,
    createPasswordLink: form,
    changeOperatorAccess: form,
    removeOperator: typed("components/settings/operators/operators.tsx", "remove"),
    resetSecondFactor: asks("components/settings/operators/operators.tsx", "reset"),
    endSession: undone("login#signIn"),
    endOwnSession: undone("login#signIn"),
    endOtherSessions: undone("login#signIn"),
    changeSessionLimits: form,
    changeSignInRules: form,
  },
  "settings/account": {
    changePassword: form,
    beginApp: harmless,
    confirmApp: form,
    renewRecoveryCodes: form,
    removeApp: form,
    beginPasskey: harmless,
    addPasskey: form,
    renamePasskey: form,
    removePasskey: asks("components/settings/account/passkeys-card.tsx", "props.remove"),
  },
  "settings/single-sign-on": { changeSingleSignOn: form, testSingleSignOn: harmless },
  "settings/keys": {
    prepare: undone("retire"),
    switchKey: asks("components/keys/signing-keys.tsx", "props.switchKey"),
    retire: asks("components/keys/signing-keys.tsx", "props.retire"),
    replace: typed("components/keys/signing-keys.tsx", "props.replace"),
  },
  "settings/people": {
    saveRetention: form,
    erase: typed("components/settings/people/person-card.tsx", "erase"),
  },
  tokens: { refresh: harmless, drop: harmless },
};
