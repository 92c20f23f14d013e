const CLAIM = "https://purl.imsglobal.org/spec/lti/claim/";
const DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/";

/** The claims of launches, deep linking and notices, spelled once. */
export const LAUNCH_CLAIM = {
  messageType: `${CLAIM}message_type`,
  version: `${CLAIM}version`,
  deploymentId: `${CLAIM}deployment_id`,
  targetLinkUri: `${CLAIM}target_link_uri`,
  resourceLink: `${CLAIM}resource_link`,
  roles: `${CLAIM}roles`,
  context: `${CLAIM}context`,
  custom: `${CLAIM}custom`,
  lis: `${CLAIM}lis`,
  basicOutcome: "https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome",
  launchPresentation: `${CLAIM}launch_presentation`,
  toolPlatform: `${CLAIM}tool_platform`,
  roleScopeMentor: `${CLAIM}role_scope_mentor`,
  lti1p1: `${CLAIM}lti1p1`,
  legacyUserId: `${CLAIM}lti11_legacy_user_id`,
  notice: `${CLAIM}notice`,
  originContexts: `${CLAIM}origin_contexts`,
  noticeService: `${CLAIM}platformnotificationservice`,
  deepLinkingSettings: `${DEEP_LINKING}deep_linking_settings`,
  contentItems: `${DEEP_LINKING}content_items`,
  deepLinkingData: `${DEEP_LINKING}data`,
  msg: `${DEEP_LINKING}msg`,
  log: `${DEEP_LINKING}log`,
  errorMsg: `${DEEP_LINKING}errormsg`,
  errorLog: `${DEEP_LINKING}errorlog`,
} as const;
