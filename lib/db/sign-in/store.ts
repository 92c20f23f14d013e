import type { SignInStore } from "#lib/auth/sign-in/store.ts";
import { transaction, type Db } from "../client.ts";
import { forgetAttempts, giveBackAttempt, takeAttempt } from "./attempts.ts";
import { findPassword, setPassword } from "./links.ts";
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
    useOnce({ hash, lastsMs }) {
      const now = new Date();
      return takeSignInState(db, { hash, now, expiresAt: new Date(now.getTime() + lastsMs) });
    },
    setPassword: (password) => transaction(db, (tx) => setPassword(tx, password)),
  };
}
