import { GRADES_SCOPES } from "../../scopes.ts";
import { isJsonObject, textOf, wordsOf } from "../../values/json-body.ts";
import type { KnownService } from "../service.ts";

/** A context's grades service, from the launch's AGS `endpoint` claim. */
export type GradesEndpoint = {
  lineItemsUrl?: string;
  lineItemUrl?: string;
  /** The scopes that the platform announced in the claim; without them nothing can be asked. */
  scopes: readonly string[];
};

/** @see AGS 2.0 §3.1 */
export const GRADES: KnownService<GradesEndpoint> = {
  name: "grades",
  claim: "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
  scopePrefix: "https://purl.imsglobal.org/spec/lti-ags/scope/",
  knownScopes: GRADES_SCOPES,
  // `lineitem` may be present and blank where there is not exactly one (AGS 2.0 §3.1).
  fromClaim(claim) {
    if (!isJsonObject(claim)) return undefined;
    const lineItemsUrl = textOf(claim["lineitems"]);
    const lineItemUrl = textOf(claim["lineitem"]);
    if (lineItemsUrl === undefined && lineItemUrl === undefined) return undefined;
    return {
      ...(lineItemsUrl !== undefined && { lineItemsUrl }),
      ...(lineItemUrl !== undefined && { lineItemUrl }),
      scopes: wordsOf(claim["scope"]),
    };
  },
  scopes: ({ scopes }) => scopes,
  addresses: ({ lineItemsUrl, lineItemUrl }) => ({ lineItemsUrl, lineItemUrl }),
};
