import { hashRecoveryCode } from "#lib/auth/second-factor/recovery-codes.ts";
import { stepOfCode } from "#lib/auth/second-factor/totp.ts";
import type { Sealer } from "#lib/auth/secrets/seal.ts";
import type { CodeKind, SecondFactorCheck } from "#lib/auth/sign-in/store.ts";
import type { Db } from "#lib/db/client.ts";
import {
  factorCounts,
  findTotp,
  resealTotp,
  sealedTotps,
  takeRecoveryCode,
  takeStep,
  type TotpRow,
} from "#lib/db/sign-in/second-factors.ts";

/** Binds a sealed key to the person whose it is. */
export const totpPurpose = (operatorId: string) => `authenticator app of ${operatorId}`;

/** What sign-in asks after the password. */
export function createSecondFactorCheck(db: Db, sealer: Sealer): SecondFactorCheck {
  return {
    async isOn(operatorId) {
      return (await factorCounts(db, operatorId)).hasTotp;
    },
    async takeCode(operatorId, code): Promise<CodeKind | null> {
      const totp = await findTotp(db, operatorId);
      if (totp?.confirmedAt && (await takeAppCode(db, sealer, { totp, code, now: new Date() })))
        return "code";
      const hash = hashRecoveryCode(operatorId, code);
      return (await takeRecoveryCode(db, operatorId, hash)) ? "recovery code" : null;
    },
  };
}

/** Whether this app made the code, and it was not used yet: now it is. */
export async function takeAppCode(
  db: Db,
  sealer: Sealer,
  { totp, code, now }: { totp: TotpRow; code: string; now: Date },
): Promise<boolean> {
  const secret = sealer.unseal(totp.sealedSecret, totpPurpose(totp.userId));
  const step = stepOfCode(code, { secret, usedStep: totp.lastStep, now });
  return step !== null && takeStep(db, totp, { step, now });
}

/** Seals the keys of apps anew that the previous secret of the installation sealed. */
export async function resealSecondFactors(db: Db, sealer: Sealer): Promise<void> {
  for (const { userId, sealedSecret } of await sealedTotps(db)) {
    if (sealer.isCurrent(sealedSecret)) continue;
    const purpose = totpPurpose(userId);
    await resealTotp(db, userId, sealer.seal(sealer.unseal(sealedSecret, purpose), purpose));
  }
}
