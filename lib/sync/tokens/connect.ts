import type { Sealer } from "#lib/auth/secrets/seal.ts";
import type { Db } from "#lib/db/client.ts";
import type { Registration as StoredRegistration } from "#lib/db/generated/client.ts";
import { usedScopes } from "#lib/db/tokens/used-scopes.ts";
import { activeImportedKey, importedKeyPurpose } from "#lib/db/keys/imported-keys.ts";
import { readSignsWith } from "#lib/db/registrations/registrations.ts";
import { activeSigningKey } from "#lib/db/keys/signing-keys.ts";
import {
  audiencesOf,
  contextEndpoint,
  createRegistration,
  importSigningKey,
  ServiceNotOffered,
  type Endpoints,
  type KeptContext,
  type SigningKey,
} from "#lib/lti/index.ts";
import { platformProfile, type PlatformProfile } from "#lib/platforms/profile.ts";
import { RunTargetMissing, SigningKeyMissing } from "../errors.ts";
import { createOriginRules } from "../service-origins/origin-rule.ts";
import type { TokenClient } from "./token-records.ts";

export const SIGNING_KEY_PURPOSE = "signing_key";

export type PlatformTarget = TokenClient & { profile: PlatformProfile };

/** Turns a stored registration into one the protocol library can speak for. */
export type RegistrationLoader = (registrationId: string) => Promise<PlatformTarget>;

export function createRegistrationLoader(deps: {
  db: Db;
  sealer: Sealer;
  allowPrivateNetwork: boolean;
}): RegistrationLoader {
  /** By the sealed private half. */
  const keys = new Map<string, SigningKey>();
  const originRules = createOriginRules(deps);

  async function ownKey(): Promise<SigningKey> {
    const stored = await activeSigningKey(deps.db);
    if (!stored) throw new RunTargetMissing("signing key", "in use");
    return opened(stored, SIGNING_KEY_PURPOSE);
  }

  async function importedKey(registrationId: string): Promise<SigningKey> {
    const stored = await activeImportedKey(deps.db, registrationId);
    if (!stored) throw new SigningKeyMissing(registrationId);
    return opened(stored, importedKeyPurpose(registrationId));
  }

  async function opened(
    { kid, sealedPrivateJwk }: { kid: string; sealedPrivateJwk: string },
    purpose: string,
  ): Promise<SigningKey> {
    const known = keys.get(sealedPrivateJwk);
    if (known) return known;
    const jwk = JSON.parse(deps.sealer.unseal(sealedPrivateJwk, purpose));
    const key = await importSigningKey(jwk, kid);
    keys.set(sealedPrivateJwk, key);
    return key;
  }

  /** Asked at each signature: who signs, and with which key, may have changed meanwhile. */
  async function currentKey(registrationId: string): Promise<SigningKey> {
    const signsWith = await readSignsWith(deps.db, registrationId);
    return signsWith === "imported_key" ? importedKey(registrationId) : ownKey();
  }

  return async (registrationId) => {
    const stored = await deps.db.prisma.registration.findUnique({ where: { id: registrationId } });
    if (!stored) throw new RunTargetMissing("registration", registrationId);
    const audience = audienceOf(stored);
    const profile = platformProfile(stored.profile, stored.profileOverrides);
    return {
      registrationId,
      registration: createRegistration({
        issuer: stored.issuer,
        clientId: stored.clientId,
        tokenEndpoint: stored.tokenEndpoint,
        authorizationEndpoint: stored.authorizationEndpoint,
        jwksUrl: stored.jwksUrl,
        audience,
        assertionType: stored.assertionTyp,
        assertionBackdateS: profile.assertionBackdateS,
        signingKey: await currentKey(registrationId),
        currentKey: () => currentKey(registrationId),
        allowHttp: deps.allowPrivateNetwork,
        serviceOrigins: originRules(registrationId),
      }),
      source: `${stored.tokenEndpoint} ${stored.clientId} ${[audience].flat().join(" ")}`,
      profile,
    };
  };
}

/** One audience stands alone: some platforms fail inside on a list. */
function audienceOf(stored: StoredRegistration): string | readonly string[] {
  const audiences = audiencesOf(stored);
  const [only, ...others] = audiences;
  return only !== undefined && others.length === 0 ? only : audiences;
}

/**
 * The roster endpoint of a stored course, with the NRPS scopes the platform announced for it.
 *
 * @throws ServiceNotOffered  it has none
 */
export function membershipsEndpoints(course: KeptContext): Endpoints {
  const endpoints = contextEndpoint(course, "memberships");
  if (!endpoints) throw new ServiceNotOffered("memberships");
  return endpoints;
}

/** Every service scope that any course of the registration may need, for one token that serves all. */
export async function anticipatedScopes(db: Db, registrationId: string): Promise<string[]> {
  return (await usedScopes(db, [registrationId])).map(({ scope }) => scope);
}
