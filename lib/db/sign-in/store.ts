import type { PasskeyStore } from "#lib/auth/passkeys/passkeys.ts";
import type { SignInStore } from "#lib/auth/sign-in/store.ts";
import { transaction, type Db } from "../client.ts";
import { forgetAttempts, giveBackAttempt, takeAttempt } from "./attempts.ts";
import { findPassword, setPassword } from "./links.ts";
import { findPasskey, notePasskeyUse, passkeysOf } from "./passkeys.ts";
import { endSession, touchSession } from "./sessions.ts";
import { sessionRules } from "./settings.ts";
import { takeSignInState } from "./single-sign-on.ts";

/** What sign-in keeps, over this database. */
export function createSignInStore(db: Db): SignInStore {
  return {
    takeAttempt: (name, limit) => takeAttempt(db, name, limit),
    giveBackAttempt: (name) => giveBackAttempt(db, name),
    forgetAttempts: (names) => forgetAttempts(db, names),
    sessionRules: () => sessionRules(db),
    touchSession: (id) => touchSession(db, id),
    endSession: (id) => endSession(db, id),
    findPassword: (who) => findPassword(db, who),
    useOnce: (used) => useOnce(db, used),
    setPassword: (password) => transaction(db, (tx) => setPassword(tx, password)),
  };
}

/** Passkeys, over this database. */
export function createPasskeyStore(db: Db): PasskeyStore {
  return {
    ofCredential: (credentialId) => findPasskey(db, credentialId),
    ofOperator: (operatorId) => passkeysOf(db, operatorId),
    noteUse: (id, counter) => notePasskeyUse(db, id, counter),
    useOnce: (used) => useOnce(db, used),
  };
}

function useOnce(db: Db, { hash, lastsMs }: { hash: string; lastsMs: number }): Promise<boolean> {
  const now = new Date();
  return takeSignInState(db, { hash, now, expiresAt: new Date(now.getTime() + lastsMs) });
}
