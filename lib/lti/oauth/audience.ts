import { parseServiceUrl } from "../values/service-url.ts";

/** What decides whom a client assertion is addressed to, as a registration has it. */
export type AudienceChoice = {
  audience: "token_endpoint" | "issuer" | "custom";
  /** Counts where the audience is `custom`. */
  audienceValues: readonly string[];
  issuer: string;
  tokenEndpoint: string;
};

/** The values of the client assertion's `aud`. @see RFC 7523 §3 */
export function audiencesOf(choice: AudienceChoice): readonly string[] {
  const { audience, audienceValues, issuer, tokenEndpoint } = choice;
  if (audience === "issuer") return [issuer];
  return audience === "token_endpoint" ? [tokenEndpoint] : audienceValues;
}

/**
 * The audiences that are not at the token endpoint's origin: whoever receives an assertion for
 * them could present it there in our name.
 */
export function audiencesElsewhere(
  tokenEndpoint: string,
  audiences: readonly string[],
): readonly string[] {
  const own = parseServiceUrl(tokenEndpoint)?.origin;
  return audiences.filter((audience) => parseServiceUrl(audience)?.origin !== own);
}
