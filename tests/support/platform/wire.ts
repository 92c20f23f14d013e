/** The specifications' constants, spelled here a second time on purpose: the product must not check itself. */
export const SCOPE = {
  memberships: "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
  lineItem: "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
  lineItemReadonly: "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
  resultReadonly: "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
  score: "https://purl.imsglobal.org/spec/lti-ags/scope/score",
} as const;

export const ALL_SCOPES: readonly string[] = Object.values(SCOPE);

export const NOTICE_SCOPE = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers";

/** Offered by courses that have groups. */
export const GROUPS_SCOPE = "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly";

/** What a tool may register for. */
export const REGISTRABLE_SCOPES: readonly string[] = [...ALL_SCOPES, NOTICE_SCOPE];

export const MEDIA = {
  memberships: "application/vnd.ims.lti-nrps.v2.membershipcontainer+json",
  lineItem: "application/vnd.ims.lis.v2.lineitem+json",
  lineItems: "application/vnd.ims.lis.v2.lineitemcontainer+json",
  results: "application/vnd.ims.lis.v2.resultcontainer+json",
  score: "application/vnd.ims.lis.v1.score+json",
  groups: "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json",
  groupSets: "application/vnd.ims.lti-gs.v1.contextgroupsetcontainer+json",
  form: "application/x-www-form-urlencoded",
  json: "application/json",
} as const;

export const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export const ROLE_PREFIX = "http://purl.imsglobal.org/vocab/lis/v2/membership";

export const CLAIM = {
  groups: "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice",
  messageType: "https://purl.imsglobal.org/spec/lti/claim/message_type",
  resourceLink: "https://purl.imsglobal.org/spec/lti/claim/resource_link",
  custom: "https://purl.imsglobal.org/spec/lti/claim/custom",
  version: "https://purl.imsglobal.org/spec/lti/claim/version",
  deploymentId: "https://purl.imsglobal.org/spec/lti/claim/deployment_id",
  targetLinkUri: "https://purl.imsglobal.org/spec/lti/claim/target_link_uri",
  roles: "https://purl.imsglobal.org/spec/lti/claim/roles",
  context: "https://purl.imsglobal.org/spec/lti/claim/context",
  platform: "https://purl.imsglobal.org/spec/lti/claim/tool_platform",
  notice: "https://purl.imsglobal.org/spec/lti/claim/notice",
  originContexts: "https://purl.imsglobal.org/spec/lti/claim/origin_contexts",
  noticeService: "https://purl.imsglobal.org/spec/lti/claim/platformnotificationservice",
  memberships: "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice",
  grades: "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
  deepLinkingSettings: "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings",
  deepLinkingData: "https://purl.imsglobal.org/spec/lti-dl/claim/data",
  contentItems: "https://purl.imsglobal.org/spec/lti-dl/claim/content_items",
} as const;

export const ACTIVITY_PROGRESS: ReadonlySet<unknown> = new Set([
  "Initialized",
  "Started",
  "InProgress",
  "Submitted",
  "Completed",
]);

export const GRADING_PROGRESS: ReadonlySet<unknown> = new Set([
  "FullyGraded",
  "Pending",
  "PendingManual",
  "Failed",
  "NotReady",
]);
