import type { PasskeyAnswer, Passkeys } from "../passkeys/passkeys.ts";
import { isPasswordOf } from "../secrets/password.ts";
import { takeProof } from "../sign-in/attempts.ts";
import { PasswordRefused } from "../sign-in/errors.ts";
import type { SecondFactorCheck, SignInStore } from "../sign-in/store.ts";
import { SingleSignOnOnly } from "../single-sign-on/errors.ts";
import { CodeRefused, SecondStepOver } from "./errors.ts";

/** What shows once more who somebody is; `provenTo`: the provider has said it, of this operator. */
export type Proof =
  | { password: string }
  | { code: string }
  | { passkey: PasskeyAnswer }
  | { provenTo: "provider"; operatorId: string; provenAt: Date };

/** Who is signed in, and proves it. */
type Prover = { operatorId: string; sessionId: string };

type Options = {
  store: SignInStore;
  secondFactor: SecondFactorCheck;
  passkeys: Passkeys;
  mayUsePasswords(): Promise<boolean>;
};

/** Looks at a proof of who is signed in, and answers when it was given. */
export function createProofs({ store, secondFactor, passkeys, mayUsePasswords }: Options) {
  async function check(
    proof: Exclude<Proof, { provenTo: "provider" }>,
    { operatorId, sessionId }: Prover,
  ): Promise<void> {
    if ("code" in proof) {
      if (!(await secondFactor.takeCode(operatorId, proof.code))) throw new CodeRefused();
      return;
    }
    if (!(await mayUsePasswords())) throw new SingleSignOnOnly();
    if ("passkey" in proof) {
      await passkeys.use({ for: "proof", operatorId, sessionId }, proof.passkey);
      return;
    }
    const kept = await store.findPassword({ id: operatorId });
    if (!(await isPasswordOf(kept?.hash, proof.password))) throw new PasswordRefused("wrong");
  }

  return async function provenBy(proof: Proof, prover: Prover): Promise<Date> {
    if ("provenTo" in proof) {
      if (proof.operatorId !== prover.operatorId) throw new SecondStepOver();
      return proof.provenAt;
    }
    const taken = await takeProof(store, prover.operatorId);
    await check(proof, prover);
    await taken.succeeded();
    return new Date();
  };
}
