import { isJsonObject, parseJson } from "../values/json-body.ts";
import { plainText } from "../values/plain-text.ts";

/** A token endpoint's refusal, in its own words. */
export type OAuthError = { error?: string; description?: string };

const LONGEST_ERROR = 200;
const LONGEST_DESCRIPTION = 2_000;

/**
 * Reads the error members of a token endpoint's reply; anything else reads as no words at all.
 *
 * Long words are cut, because they go into errors, logs and onto screens.
 *
 * @see RFC 6749 §5.2
 * @see Security Framework 1.0 §4.1
 */
export function parseOAuthError(body: string): OAuthError {
  const parsed = parseJson(body);
  if (!isJsonObject(parsed)) return {};
  const { error, error_description: description } = parsed;
  return {
    ...(typeof error === "string" && { error: plainText(error, LONGEST_ERROR) }),
    ...(typeof description === "string" && {
      description: plainText(description, LONGEST_DESCRIPTION),
    }),
  };
}
