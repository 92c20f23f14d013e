/**
 * LTI Advantage service clients: one access token, rosters in (NRPS 2.0), grades out (AGS 2.0).
 *
 * Knows no database and no framework; fetch and clock are told.
 */
export * from "./errors.ts";
export type { Clock, Exchange, Fetch, FetchInit, FetchReply, LtiOptions } from "./options.ts";
export type { Operation, ServiceName } from "./operations.ts";
export {
  GRADES_SCOPES,
  SCOPE,
  brokenWithout,
  missingScopes,
  shortScope,
  uniqueScopes,
} from "./scopes.ts";
export { MEDIA_TYPE } from "./media-types.ts";
export { CONTEXT_ROLES, hasRole, isInstructor, isLearner, roleUri, shortRole } from "./roles.ts";
export type { ContextRole } from "./roles.ts";
export { createRegistration } from "./registration.ts";
export type { Registration, RegistrationInput, SigningKey } from "./registration.ts";
export { endpointsFromClaims } from "./service-claims.ts";
export { scopesFor, validateEndpoints } from "./endpoints.ts";
export type { Endpoints, GradesEndpoint, MembershipsEndpoint } from "./endpoints.ts";
export { generateSigningKey, importSigningKey, publicJwks } from "./keys.ts";
export type { GeneratedSigningKey } from "./keys.ts";
export {
  createAccessToken,
  hasTokenWorked,
  isTokenExpired,
  noteTokenWorked,
  safetyMs,
  shouldRenew,
} from "./oauth/access-token.ts";
export type { AccessToken } from "./oauth/access-token.ts";
export { createClientAssertion } from "./oauth/client-assertion.ts";
export type { ClientAssertion } from "./oauth/client-assertion.ts";
export { requestAccessToken } from "./oauth/token-client.ts";
export { ServiceClient, authenticate, fromAccessToken } from "./service-client.ts";
export type { ServiceRequest } from "./service-client.ts";
export { MOST_REPLACEMENTS } from "./renewing-client.ts";
export type { RenewClient } from "./renewing-client.ts";
export type { PlatformReply } from "./http.ts";
export { plainText } from "./plain-text.ts";
export { listMemberships, streamMemberships } from "./memberships/memberships-client.ts";
export type { MembershipsOptions, MembershipsPage } from "./memberships/memberships-client.ts";
export type {
  Membership,
  MembershipStatus,
  QuarantinedMembership,
} from "./memberships/membership.ts";
export type { MembershipsContext } from "./memberships/memberships-page.ts";
export type { IncompleteReason } from "./page-walk.ts";
export {
  createLineItem,
  deleteLineItem,
  getLineItem,
  listLineItems,
  streamLineItems,
  updateLineItem,
} from "./grades/line-items-client.ts";
export type { LineItemsOptions, OneLineItemOptions } from "./grades/line-items-client.ts";
export { findOrCreateLineItem } from "./grades/find-or-create-line-item.ts";
export type { WantedLineItem } from "./grades/find-or-create-line-item.ts";
export type { LineItem, LineItemInput } from "./grades/line-item.ts";
export { postScore } from "./grades/scores-client.ts";
export type { PostedScore } from "./grades/scores-client.ts";
export { ACTIVITY_PROGRESS, GRADING_PROGRESS, clearingScore, createScore } from "./grades/score.ts";
export type { ActivityProgress, GradingProgress, Score } from "./grades/score.ts";
export { laterTimestamp } from "./grades/score-timestamp.ts";
export { withCanvasSubmission } from "./grades/canvas-submission.ts";
export { listResults, streamResults } from "./grades/results-client.ts";
export type { ResultsOptions } from "./grades/results-client.ts";
export type { Result } from "./grades/result.ts";
export type { ContainerPage, QuarantinedRow } from "./grades/container-pages.ts";
export { resultsUrl, scoresUrl } from "./grades/grades-urls.ts";
export { classifierRules, classifyResponse } from "./classify.ts";
export type { AccessHint, ClassifyInput, FailureReason, Verdict, VerdictKind } from "./classify.ts";
export { createPlatformFetch } from "./platform-fetch.ts";
export type { PlatformFetch, PlatformFetchOptions } from "./platform-fetch.ts";
export { isRefusedAddress } from "./address-guard.ts";
export { fetchPublicJson } from "./public-json.ts";
export { parseLinkHeader } from "./pagination.ts";
export type { LinkValue } from "./pagination.ts";
export {
  PLATFORM_PROFILES,
  PLATFORM_PROFILE_KEYS,
  platformProfile,
  profileOverridesSchema,
} from "./platform-profiles.ts";
export type { PlatformProfile, PlatformProfileKey, ProfileOverrides } from "./platform-profiles.ts";
export { LaunchRefused } from "./launch/launch-refused.ts";
export type { LaunchCheck } from "./launch/launch-refused.ts";
export { authenticationUrl, parseLogin } from "./launch/login.ts";
export type { LoginRequest } from "./launch/login.ts";
export { createPlatformKeys } from "./launch/platform-keys.ts";
export type { PlatformKeys } from "./launch/platform-keys.ts";
export { peekRecipients, verifyPlatformToken } from "./launch/id-token.ts";
export type { TokenExpectation } from "./launch/id-token.ts";
export { parseLaunchMessage } from "./launch/launch-message.ts";
export type { LaunchContext, LaunchMessage } from "./launch/launch-message.ts";
export type { NoticeService } from "./launch/notice-service.ts";
export { acceptedItems, deepLinkingResponse } from "./launch/deep-linking.ts";
export type { DeepLinkingSettings, ResourceLinkItem } from "./launch/deep-linking.ts";
export { CONTEXT_COPY_NOTICE, noticeTokens, parseNotice } from "./launch/notice.ts";
export type { PlatformNotice } from "./launch/notice.ts";
export { putNoticeHandler } from "./launch/notice-handlers.ts";
export { fetchPlatformConfiguration } from "./dynamic-registration/platform-configuration.ts";
export type { PlatformConfiguration } from "./dynamic-registration/platform-configuration.ts";
export { profileOfFamily } from "./dynamic-registration/platform-family.ts";
export { registerTool, scopesToAsk } from "./dynamic-registration/register-tool.ts";
export type { RegisteredTool, ToolDescription } from "./dynamic-registration/register-tool.ts";
export { DynamicRegistrationRefused } from "./dynamic-registration/registration-refused.ts";
export { examineConnection } from "./doctor/examine.ts";
export type { Examination } from "./doctor/examine.ts";
export { probeAudience } from "./doctor/probe-audience.ts";
export type { AudienceAttempt } from "./doctor/probe-audience.ts";
export { createReach } from "./doctor/reach.ts";
export type { Reach, Reached } from "./doctor/reach.ts";
export { STEP_KEYS, STEP_TITLES, verdictOf, waitingStep } from "./doctor/step.ts";
export type { Step, StepKey, StepOwner, StepState } from "./doctor/step.ts";
export type { Subject } from "./doctor/subject.ts";
export { PLATFORM_WORDS, platformWords } from "./doctor/platform-words.ts";
export type { PlatformWords } from "./doctor/platform-words.ts";
