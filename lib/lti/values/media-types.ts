/** The media types of NRPS 2.0, AGS 2.0 and Course Groups 1.0, spelled once. */
export const MEDIA_TYPE = {
  /** @see NRPS 2.0 §2.1 */
  membershipContainer: "application/vnd.ims.lti-nrps.v2.membershipcontainer+json",
  /** @see AGS 2.0 §3.2.1 */
  lineItemContainer: "application/vnd.ims.lis.v2.lineitemcontainer+json",
  /** @see AGS 2.0 §3.2.1 */
  lineItem: "application/vnd.ims.lis.v2.lineitem+json",
  /** @see AGS 2.0 §3.3.4 */
  resultContainer: "application/vnd.ims.lis.v2.resultcontainer+json",
  /** @see AGS 2.0 §3.4.3 */
  score: "application/vnd.ims.lis.v1.score+json",
  /** @see Course Groups Service 1.0 §3.2 */
  groupContainer: "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json",
  groupSetContainer: "application/vnd.ims.lti-gs.v1.contextgroupsetcontainer+json",
  json: "application/json",
  form: "application/x-www-form-urlencoded",
} as const;
