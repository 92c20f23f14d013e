import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { hashToken } from "../secrets/one-time-token.ts";
import type { Sealer } from "../secrets/seal.ts";
import { type Ask, CHALLENGE_MS, openChallenge, sealChallenge } from "./challenge.ts";
import { PasskeyRefused } from "./errors.ts";
import { type RelyingParty, relyingPartyOf } from "./relying-party.ts";

/** The public half of a key pair, as its device made it. */
export type NewPasskey = {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
};

export type StoredPasskey = NewPasskey & { id: string; operatorId: string; name: string };

export type PasskeyStore = {
  ofCredential(credentialId: string): Promise<StoredPasskey | null>;
  ofOperator(operatorId: string): Promise<StoredPasskey[]>;
  /** Notes a use; false where the counter has gone as far, or further, in the meantime. */
  noteUse(id: string, counter: number): Promise<boolean>;
  /** Notes a challenge as used; false where it was before, in whatever process. */
  useOnce(used: { hash: string; lastsMs: number }): Promise<boolean>;
};

/** What the browser is to ask a device, and what it brings back with the answer. */
export type Asked<Options> = { options: Options; state: string };
export type AskedForUse = Asked<PublicKeyCredentialRequestOptionsJSON>;
export type AskedForNew = Asked<PublicKeyCredentialCreationOptionsJSON>;

/** As it came: `response` is the JSON that the browser made of the device's answer. */
export type PasskeyAnswer = { state: string; response: string };

/** Who adds a passkey. */
export type Owner = { id: string; name: string; email: string };

/** Ed25519, ES256 and RS256, which the verification knows on every version of Node. */
const ALGORITHMS = [-8, -7, -257];

/** What every answer has; the library looks at the rest. */
const Answer = z.looseObject({
  id: z.base64url().min(1).max(1_400),
  response: z.looseObject({ userHandle: z.string().max(200).nullish() }),
});

/**
 * Passkeys of operators (WebAuthn). Each is asked to know the person, by finger, face or PIN: it
 * then stands for two factors, and nobody has to be named before.
 */
export function createPasskeys(options: {
  publicUrl: string;
  sealer: Sealer;
  store: PasskeyStore;
}) {
  const { sealer, store } = options;
  const party = relyingPartyOf(options.publicUrl);

  /** Opens what was asked, and uses it up. */
  async function take(ask: Ask, { state, response }: PasskeyAnswer) {
    const relyingParty = offered(party);
    const challenge = openChallenge(sealer, ask, state, new Date());
    const answer = answerIn(response);
    const used = { hash: hashToken(`passkey ${challenge}`), lastsMs: CHALLENGE_MS };
    return { relyingParty, challenge, answer, spend: () => store.useOnce(used) };
  }

  return {
    /** Whether browsers make passkeys for the address of this installation. */
    isOffered: party !== null,

    /** For a sign-in or a proof; of a sign-in the device itself says whose passkey it is. */
    async ask(ask: Exclude<Ask, { for: "adding" }>): Promise<AskedForUse> {
      const { id: rpID } = offered(party);
      const own = ask.for === "proof" ? await store.ofOperator(ask.operatorId) : [];
      const made = await generateAuthenticationOptions({
        rpID,
        userVerification: "required",
        timeout: CHALLENGE_MS,
        allowCredentials: own.map(credentialOf),
      });
      return { options: made, state: sealChallenge(sealer, ask, made.challenge, new Date()) };
    },

    /**
     * The passkey that answered what was asked, now used.
     *
     * @throws PasskeyRefused
     */
    async use(ask: Exclude<Ask, { for: "adding" }>, given: PasskeyAnswer): Promise<StoredPasskey> {
      const { relyingParty, challenge, answer, spend } = await take(ask, given);
      const passkey = await store.ofCredential(answer.id);
      if (!passkey || !isOf(passkey, ask, answer)) throw new PasskeyRefused("unknown");
      // Before it is looked at: an answer that was wrong is not tried again either.
      if (!(await spend())) throw new PasskeyRefused("over");
      const counter = await counterOf(answer, { passkey, challenge, relyingParty });
      const isForward = counter > passkey.counter || (counter === 0 && passkey.counter === 0);
      if (!isForward || !(await store.noteUse(passkey.id, counter)))
        throw new PasskeyRefused("counter");
      return passkey;
    },

    async askForNew(owner: Owner, sessionId: string): Promise<AskedForNew> {
      const { id: rpID } = offered(party);
      const made = await generateRegistrationOptions({
        rpName: "Rollbook",
        rpID,
        userID: new TextEncoder().encode(owner.id),
        userName: owner.email,
        userDisplayName: owner.name,
        timeout: CHALLENGE_MS,
        attestationType: "none",
        supportedAlgorithmIDs: ALGORITHMS,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        excludeCredentials: (await store.ofOperator(owner.id)).map(credentialOf),
      });
      const ask: Ask = { for: "adding", operatorId: owner.id, sessionId };
      return { options: made, state: sealChallenge(sealer, ask, made.challenge, new Date()) };
    },

    /** @throws PasskeyRefused */
    async takeNew(
      asker: { operatorId: string; sessionId: string },
      given: PasskeyAnswer,
    ): Promise<NewPasskey> {
      const ask: Ask = { for: "adding", ...asker };
      const { relyingParty, challenge, answer, spend } = await take(ask, given);
      if (!(await spend())) throw new PasskeyRefused("over");
      const { credential } = await orNotProved(async () => {
        const { registrationInfo } = await verifyRegistrationResponse({
          response: answer as unknown as RegistrationResponseJSON,
          expectedChallenge: challenge,
          expectedOrigin: relyingParty.origin,
          expectedRPID: relyingParty.id,
          requireUserVerification: true,
          supportedAlgorithmIDs: ALGORITHMS,
        });
        return registrationInfo;
      });
      const { id: credentialId, publicKey, counter, transports = [] } = credential;
      return { credentialId, publicKey, counter, transports: transports.slice(0, 10) };
    },
  };
}

export type Passkeys = ReturnType<typeof createPasskeys>;

function offered(party: RelyingParty | null): RelyingParty {
  if (!party) throw new PasskeyRefused("not_offered");
  return party;
}

function answerIn(json: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(json));
  } catch {
    throw new PasskeyRefused("not_proved", "it is no answer of a passkey");
  }
}

/** Whether the device means the person whose passkey it is, and, in a proof, who is signed in. */
function isOf(passkey: StoredPasskey, ask: Ask, { response }: z.infer<typeof Answer>): boolean {
  const owner = Buffer.from(passkey.operatorId).toString("base64url");
  const means = response.userHandle ?? (ask.for === "sign_in" ? null : owner);
  return means === owner && (ask.for === "sign_in" || ask.operatorId === passkey.operatorId);
}

/** The counter of an answer that is right. @throws PasskeyRefused */
async function counterOf(
  answer: z.infer<typeof Answer>,
  by: { passkey: StoredPasskey; challenge: string; relyingParty: RelyingParty },
): Promise<number> {
  const { passkey, challenge, relyingParty } = by;
  const info = await orNotProved(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      // The counter is compared where the signature was found right.
      credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: -1 },
    });
    return verified ? authenticationInfo : undefined;
  });
  return info.newCounter;
}

/** The library says by an error what is wrong. */
async function orNotProved<Found>(verify: () => Promise<Found | undefined>): Promise<Found> {
  let finding = "the signature is not right";
  try {
    const found = await verify();
    if (found !== undefined) return found;
  } catch (error) {
    finding = error instanceof Error ? error.message : String(error);
  }
  throw new PasskeyRefused("not_proved", finding.slice(0, 300));
}

function credentialOf({ credentialId, transports }: StoredPasskey) {
  return { id: credentialId, transports: transports as AuthenticatorTransport[] };
}
