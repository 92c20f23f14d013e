/**
 * LTI Advantage service clients: one access token, rosters in (NRPS 2.0), grades out (AGS 2.0).
 *
 * Knows no database and no framework; fetch and clock are given.
 */
export * from "./errors.ts";
export type {
  CallOutcome,
  Clock,
  Exchange,
  Fetch,
  FetchInit,
  FetchReply,
  LtiOptions,
} from "./options.ts";
export type { Operation } from "./services/operations.ts";
export { GRADES_SCOPES, SCOPE, missingScopes, shortScope, uniqueScopes } from "./scopes.ts";
export { hasRole, isInstructor, isLearner, roleUri, shortRole } from "./roles.ts";
export { createRegistration } from "./registration.ts";
export type { Registration, RegistrationInput, SigningKey } from "./registration.ts";
export type { BoundEndpoint, Service } from "./services/service.ts";
export {
  endpointsFromClaims,
  ownEndpoint,
  ownEndpointsFromClaims,
  scopesFor,
  validateEndpoints,
} from "./services/endpoints.ts";
export {
  ADDRESS_NAMES,
  addressNamesOf,
  afterLaunch,
  announcedAddresses,
  contextAddresses,
  contextEndpoint,
  eachAddress,
  isOffered,
} from "./services/context-addresses.ts";
export type { ContextAddresses, KeptContext } from "./services/context-addresses.ts";
export {
  ANY_SERVICE,
  CONTEXT_ADDRESSES,
  CONTEXT_SCOPES,
  SERVICE_NAMES,
  serviceOfScope,
} from "./services/services.ts";
export type { ContextAddress, ContextService, ServiceName } from "./services/services.ts";
export { checkEndpointOrigins } from "./token-origins.ts";
export type { OriginRule, OriginState } from "./registration.ts";
export { audiencesOf } from "./oauth/audience.ts";
export type { AudienceChoice } from "./oauth/audience.ts";
export type { Endpoints } from "./services/endpoints.ts";
export type { GradesEndpoint } from "./services/grades/grades-service.ts";
export type { MembershipsEndpoint } from "./services/memberships/memberships-service.ts";
export { generateSigningKey, importSigningKey, publicJwks } from "./keys.ts";
export type { GeneratedSigningKey } from "./keys.ts";
export { readPrivateKey } from "./oauth/read-private-key.ts";
export type { GivenKey, ReadKey } from "./oauth/read-private-key.ts";
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
export { ServiceClient, authenticate, fromAccessToken } from "./services/service-client.ts";
export type { ServiceRequest } from "./services/service-client.ts";
export { createMemoryTokenStore, tokenKey } from "./oauth/token-store.ts";
export type { TokenKey, TokenStore } from "./oauth/token-store.ts";
export { Connection } from "./services/renewing-client.ts";
export type { RenewClient } from "./services/renewing-client.ts";
export type { PlatformReply } from "./http/perform.ts";
export { plainText } from "./values/plain-text.ts";
export { listMemberships, streamMemberships } from "./services/memberships/memberships-client.ts";
export type {
  MembershipsOptions,
  MembershipsPage,
} from "./services/memberships/memberships-client.ts";
export type {
  Membership,
  MembershipStatus,
  QuarantinedMembership,
} from "./services/memberships/membership.ts";
export type { MembershipsContext } from "./services/memberships/memberships-page.ts";
export type { IncompleteReason } from "./services/pagination.ts";
export {
  createLineItem,
  deleteLineItem,
  getLineItem,
  listLineItems,
  streamLineItems,
  updateLineItem,
} from "./services/grades/line-items/line-items-client.ts";
export type {
  LineItemsOptions,
  OneLineItemOptions,
} from "./services/grades/line-items/line-items-client.ts";
export { findOrCreateLineItem } from "./services/grades/line-items/find-or-create-line-item.ts";
export type { WantedLineItem } from "./services/grades/line-items/find-or-create-line-item.ts";
export type { LineItem, LineItemInput } from "./services/grades/line-items/line-item.ts";
export { postScore } from "./services/grades/scores/scores-client.ts";
export type { PostedScore } from "./services/grades/scores/scores-client.ts";
export {
  ACTIVITY_PROGRESS,
  GRADING_PROGRESS,
  clearingScore,
  createScore,
} from "./services/grades/scores/score.ts";
export type { ActivityProgress, GradingProgress, Score } from "./services/grades/scores/score.ts";
export { laterTimestamp } from "./services/grades/scores/score-timestamp.ts";
export { withCanvasSubmission } from "./services/grades/scores/canvas-submission.ts";
export { listResults, streamResults } from "./services/grades/results-client.ts";
export type { ResultsOptions } from "./services/grades/results-client.ts";
export type { Result } from "./services/grades/result.ts";
export { isSameValue } from "./services/grades/same-value.ts";
export type { ContainerPage, QuarantinedRow } from "./services/grades/container-pages.ts";
export { classifierRules, classifyResponse } from "./classify/classify.ts";
export type {
  AccessHint,
  ClassifyInput,
  FailureReason,
  OutcomeHint,
  Verdict,
} from "./classify/verdict.ts";
export { createPlatformFetch } from "./fetch/platform-fetch.ts";
export type { PlatformFetch, PlatformFetchOptions } from "./fetch/platform-fetch.ts";
export { isRefusedAddress } from "./fetch/address-guard.ts";
export { fetchPublicJson } from "./http/public-json.ts";
export { LaunchRefused } from "./launch/launch-refused.ts";
export type { LaunchCheck } from "./launch/launch-refused.ts";
export { createMemoryLoginStore } from "./launch/login-store.ts";
export type { LaunchRegistration, LoginStore, PendingLogin } from "./launch/login-store.ts";
export { chooseRegistration, startLogin } from "./launch/start-login.ts";
export type { PlatformStorage, StartedLogin } from "./launch/start-login.ts";
export { stateOfLaunch, storageOfLaunch, verifyLaunch } from "./launch/verify-launch.ts";
export type { VerifiedLaunch } from "./launch/verify-launch.ts";
export type { LoginRequest } from "./launch/login.ts";
export { createPlatformKeys } from "./launch/platform-keys.ts";
export type { PlatformKeys } from "./launch/platform-keys.ts";
export { peekRecipients, verifyPlatformToken } from "./launch/id-token.ts";
export type { TokenExpectation } from "./launch/id-token.ts";
export { parseLaunchMessage } from "./launch/launch-message.ts";
export type { LaunchContext, LaunchMessage, ResourceLink } from "./launch/launch-message.ts";
export { isSignedByConsumer } from "./launch/claims/lti-1p1.ts";
export type { Lti1p1Claim } from "./launch/claims/lti-1p1.ts";
export type { LaunchedPerson } from "./launch/claims/person.ts";
export type {
  BasicOutcomeClaim,
  LaunchPresentation,
  LisClaim,
  OptionalClaims,
  ToolPlatform,
} from "./launch/claims/optional-claims.ts";
export type { NoticeService } from "./services/notices/notice-service.ts";
export { checkContentItems } from "./deep-linking/check-items.ts";
export { ContentItemInvalid, ContentItemNotAccepted } from "./deep-linking/content-item-errors.ts";
export type { DeepLinkingLimit } from "./deep-linking/content-item-errors.ts";
export type {
  ContentItem,
  ContentLineItem,
  FileItem,
  HtmlItem,
  ImageItem,
  ItemImage,
  LinkItem,
  ResourceLinkItem,
  TimeWindow,
} from "./deep-linking/content-item.ts";
export { deepLinkingResponse } from "./deep-linking/response.ts";
export type { DeepLinkingWords } from "./deep-linking/response.ts";
export type { DeepLinkingSettings } from "./deep-linking/settings.ts";
export { listGroups, listGroupSets } from "./services/groups/groups-client.ts";
export type { Group, GroupSet, GroupsOptions } from "./services/groups/groups-client.ts";
export type { GroupsEndpoint } from "./services/groups/groups-service.ts";
export { CONTEXT_COPY_NOTICE, noticeTokens, parseNotice } from "./services/notices/notice.ts";
export type { PlatformNotice } from "./services/notices/notice.ts";
export { putNoticeHandler } from "./services/notices/notice-handlers.ts";
export { fetchPlatformConfiguration } from "./dynamic-registration/platform-configuration.ts";
export type { PlatformConfiguration } from "./dynamic-registration/platform-configuration.ts";
export { registerTool, scopesToAsk } from "./dynamic-registration/register-tool.ts";
export type { RegisteredTool, ToolDescription } from "./dynamic-registration/register-tool.ts";
export { DynamicRegistrationRefused } from "./dynamic-registration/registration-refused.ts";
export { standingOf, TEACHING_ASSISTANT, type Standing } from "./roles.ts";
