import type { Actor } from "../actor.ts";

export type Operator = Extract<Actor, { kind: "operator" }>;

/** How many attempts are free, and how long the next ones wait: twice as long each time. */
export type AttemptLimit = { free: number; firstWaitSeconds: number; longestWaitSeconds: number };

/** How long a session lasts. */
export type SessionLimits = {
  /** Without a page opened or an act. */
  idleHours: number;
  /** Since its sign-in, however much it is used. */
  longestHours: number;
};

/** What sessions must show, beside how long they last. */
export type SessionRules = SessionLimits & {
  /** Who last proved longer ago who they are is asked again before what is dangerous. */
  askAgainMinutes: number;
  adminsNeedSecondFactor: boolean;
};

/** Somebody who can sign in. */
export type Person = { id: string; name: string; email: string };

/** What a code turned out to be. */
export type CodeKind = "code" | "recovery code";

/** What sign-in keeps in the database, so that it holds in every process and after a restart. */
export type SignInStore = {
  /** Counts an attempt; the seconds to wait where it may not go on, else 0. */
  takeAttempt(name: string, limit: AttemptLimit): Promise<number>;
  /** An attempt that was right counts for nothing. */
  giveBackAttempt(name: string): Promise<void>;
  forgetAttempts(names: readonly string[]): Promise<void>;
  sessionRules(): Promise<SessionRules>;
  /** Notes that a session is in use, at most once a minute. */
  touchSession(id: string): Promise<void>;
  endSession(id: string): Promise<void>;
  /** Whose e-mail this is, and the hash of the password where there is one. */
  findPassword(who: { email: string } | { id: string }): Promise<PasswordOf | null>;
  /** Notes something as used, for as long as it could come again; false where it was before. */
  useOnce(used: { hash: string; lastsMs: number }): Promise<boolean>;
  /** Every session and link of the person ends. */
  setPassword(password: { userId: string; passwordHash: string }): Promise<void>;
};

/** What is asked after the password, of who has set it up. */
export type SecondFactorCheck = {
  isOn(operatorId: string): Promise<boolean>;
  /** Uses up a code of an app, or a recovery code; null where it is neither. */
  takeCode(operatorId: string, code: string): Promise<CodeKind | null>;
};

export type PasswordOf = { person: Person; hash: string | null };
