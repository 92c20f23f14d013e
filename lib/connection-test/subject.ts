import type { Endpoints } from "#lib/lti/services/endpoints.ts";
import type { AccessToken } from "#lib/lti/oauth/access-token.ts";
import type { Exchange, LtiOptions } from "#lib/lti/options.ts";
import type { Registration } from "#lib/lti/registration.ts";
import type { Reach } from "./network/reach.ts";
import type { StepKey, StepState } from "./step.ts";
import type { PlatformWords } from "#lib/platforms/index.ts";

/** Whose key signs, and the key set that the platform reads. */
export type ToolKeys = {
  signsWith: "own_key_set" | "tool_key_set" | "imported_key";
  /** Null where the platform was given the public key itself. */
  keySetUrl: string | null;
  /** Where our own keys are published. */
  ownKeySetUrl: string;
  /** Of the key that signs: null where there is none. */
  kid: string | null;
  modulus: string | null;
};

/** What a connection test examines: a registration as it was entered, and our side of it. */
export type Subject = {
  /** The platform's key, and its words. */
  platform: string;
  words: PlatformWords;
  addresses: { tokenEndpoint: string; authorizationEndpoint: string; jwksUrl: string };
  clientId: string;
  allowHttp: boolean;
  /** Where platforms fetch our keys, and which of them are published there. */
  toolJwksUrl: string;
  publishedKids: readonly string[];
  toolKeys: ToolKeys;
  scopes: {
    /** Asked for in one request. */
    asked: readonly string[];
    /** Those that some course of the registration uses. */
    used: readonly string[];
  };
  roster: { title: string; endpoints: Pick<Required<Endpoints>, "memberships"> } | null;
  lineItems: { title: string; endpoints: Pick<Required<Endpoints>, "grades"> } | null;
  /** @throws RegistrationInvalid  what was entered cannot work */
  load(): Promise<Registration>;
  /** One request to the token endpoint; throws like `requestAccessToken`. */
  requestToken(
    registration: Registration,
    scopes: readonly string[],
    options: LtiOptions,
  ): Promise<AccessToken>;
  reach: Reach;
};

/** What the steps before have found. */
export type Findings = {
  states: Partial<Record<StepKey, StepState>>;
  unusableAddresses: Set<keyof Subject["addresses"]>;
  registration?: Registration;
  /** The token that covers most; the steps behind use it. */
  token?: AccessToken;
  /** The platform refused the request for the sake of some scope. */
  isScopeRefused?: boolean;
  grantedScopes: string[];
  /** Every exchange so far, oldest first. */
  exchanges: Exchange[];
};

/** What a step is handed. */
export type Visit = { subject: Subject; findings: Findings; lti: LtiOptions };
