/** A token endpoint's refusal, in its own words. */
export type OAuthError = { error?: string; description?: string };

/**
 * Reads the error members of a token endpoint's reply; anything else reads as no words at all.
 *
 * @see RFC 6749 §5.2
 */
export function parseOAuthError(body: string): OAuthError {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return {};
  }
  if (typeof parsed !== "object" || parsed === null) return {};
  const { error, error_description: description } = parsed as Record<string, unknown>;
  return {
    ...(typeof error === "string" && { error }),
    ...(typeof description === "string" && { description }),
  };
}
