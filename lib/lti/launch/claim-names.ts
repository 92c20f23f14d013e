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
  notice: `${CLAIM}notice`,
  originContexts: `${CLAIM}origin_contexts`,
  noticeService: `${CLAIM}platformnotificationservice`,
  deepLinkingSettings: `${DEEP_LINKING}deep_linking_settings`,
  contentItems: `${DEEP_LINKING}content_items`,
  deepLinkingData: `${DEEP_LINKING}data`,
} as const;
