import { isJsonObject, textOf, type JsonObject } from "../values/json-body.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { LAUNCH_CLAIM } from "../launch/claims/claim-names.ts";
import { LaunchRefused } from "../launch/launch-refused.ts";

/** What a platform takes back from a deep linking request. */
export type DeepLinkingSettings = {
  returnUrl: string;
  acceptTypes: string[];
  acceptMultiple: boolean;
  /** `iframe`, `window`, `embed`; empty where the platform does not say, and then any will do. */
  acceptPresentationDocumentTargets?: string[];
  /** Media types of files, `image/*` among them; empty where it does not say. Yours to heed. */
  acceptMediaTypes?: string[];
  /** Whether a column is made for a link that comes with a line item; absent where not said. */
  acceptLineItem?: boolean;
  /** The platform keeps what is returned without asking the person again. */
  autoCreate?: boolean;
  /** What the platform suggests as a title. */
  title?: string;
  text?: string;
  /** Given back to the letter. */
  data?: string;
};

/**
 * Reads the settings of a deep linking request. Lists that are texts with commas and booleans
 * that are texts are read as what they mean (Moodle).
 *
 * @throws LaunchRefused  the settings are missing, lead nowhere, or say no type
 * @see Deep Linking 2.0 §4.4.1
 */
export function parseDeepLinkingSettings(
  claims: JsonObject,
  allowHttp: boolean,
): DeepLinkingSettings {
  const refuse = (reason: string) => new LaunchRefused("deep_linking_settings", reason);
  const settings = claims[LAUNCH_CLAIM.deepLinkingSettings];
  if (!isJsonObject(settings)) throw refuse("the request holds no deep linking settings");
  const returnUrl = textOf(settings["deep_link_return_url"]);
  const target = returnUrl === undefined ? undefined : parseServiceUrl(returnUrl);
  if (returnUrl === undefined || !target || (target.protocol !== "https:" && !allowHttp)) {
    throw refuse("the return address is not a web address with https");
  }
  if (!Array.isArray(settings["accept_types"])) {
    throw refuse("the settings do not say which types are accepted");
  }
  const { data } = settings;
  return {
    returnUrl,
    acceptTypes: textsOf(settings["accept_types"]),
    acceptMultiple: flagOf(settings["accept_multiple"]) ?? false,
    acceptPresentationDocumentTargets: textsOf(settings["accept_presentation_document_targets"]),
    acceptMediaTypes: textsOf(settings["accept_media_types"]),
    acceptLineItem: flagOf(settings["accept_lineitem"]),
    autoCreate: flagOf(settings["auto_create"]),
    title: textOf(settings["title"]),
    text: textOf(settings["text"]),
    data: typeof data === "string" ? data : undefined,
  };
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string")
    return value
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean);
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function flagOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}
