import { hashToken } from "#lib/auth/secrets/one-time-token.ts";
import { createAttemptCookie } from "#lib/auth/single-sign-on/attempt-cookie.ts";
import { SingleSignOnRefused } from "#lib/auth/single-sign-on/errors.ts";
import type { Claims } from "#lib/auth/single-sign-on/rules.ts";
import { isConfigured } from "#lib/auth/single-sign-on/settings.ts";
import { transaction, type Database } from "#lib/db/client.ts";
import { takeSignInState } from "#lib/db/sign-in/single-sign-on.ts";
import type { RequestOrigin } from "../caller.ts";
import { currentValues, onlyState, type SingleSignOnTools } from "./current.ts";
import { enter } from "./entering.ts";

/** Single sign-on as visitors meet it. */
export type SingleSignOnFlow = {
  /** What the sign-in page shows: the button's words, and whether passwords do. */
  offer(): Promise<{ label: string | null; passwordsAreOff: boolean }>;
  /** Where the browser goes, and the cookie that it comes back with. */
  begin(returnTo: string, how?: { isAgain: boolean }): Promise<{ url: string; setCookie: string }>;
  /** Whether who comes back is signed in already, and was only asked again. */
  isAgain(headers: Headers): boolean;
  /**
   * Who came back; the query is the one that the provider sent them with.
   *
   * @throws SingleSignOnRefused
   */
  finish(
    came: { query: string; headers: Headers },
    request: RequestOrigin,
  ): Promise<{ operatorId: string; returnTo: string; provenAt: Date }>;
  clearCookie(): string;
  mayUsePasswords(): Promise<boolean>;
};

const MINUTE_MS = 60_000;
const STATE_KEPT_MS = 60 * MINUTE_MS;
const STANDARD_LABEL = "Single sign-on";

export function createSingleSignOnFlow(
  db: Database,
  tools: SingleSignOnTools,
  options: { isSecure: boolean; warn: (message: string) => void },
): SingleSignOnFlow {
  const cookie = createAttemptCookie(tools.sealer, options);
  let warnedAt = 0;

  async function offer() {
    const now = new Date();
    const { values } = await currentValues(db, tools);
    const { areOff, ignoredBecause } = await onlyState(db, values, now);
    if (ignoredBecause !== null && now.getTime() - warnedAt > MINUTE_MS) {
      warnedAt = now.getTime();
      options.warn(`“single sign-on only” is ignored, passwords open sessions: ${ignoredBecause}`);
    }
    const label = isConfigured(values) ? values.label || STANDARD_LABEL : null;
    return { label, passwordsAreOff: areOff };
  }

  return {
    offer,
    mayUsePasswords: async () => !(await offer()).passwordsAreOff,
    clearCookie: cookie.clear,
    isAgain: (headers) => cookie.read(headers, new Date())?.isAgain === true,
    async begin(returnTo, { isAgain } = { isAgain: false }) {
      const { values } = await currentValues(db, tools);
      if (!isConfigured(values)) throw new SingleSignOnRefused("not_configured");
      const { url, attempt } = await tools.provider.begin(values, { isAgain });
      const now = new Date();
      const kept = { ...attempt, returnTo, isAgain, begunAt: now.getTime() };
      return { url, setCookie: cookie.write(kept, now) };
    },
    async finish({ query, headers }, request) {
      const now = new Date();
      const attempt = cookie.read(headers, now);
      if (!attempt) throw new SingleSignOnRefused("attempt_missing");
      const { values } = await currentValues(db, tools);
      if (!isConfigured(values)) throw new SingleSignOnRefused("not_configured");
      const claims = await tools.provider.finish(values, { query, attempt });
      const provenAt = provenAtOf(claims, now);
      if (attempt.isAgain && provenAt.getTime() < attempt.begunAt - MINUTE_MS)
        throw new SingleSignOnRefused("not_asked_again");
      // Only what a provider has answered is stored: who begins and never ends leaves nothing.
      const expiresAt = new Date(now.getTime() + STATE_KEPT_MS);
      const state = { hash: hashToken(attempt.state), now, expiresAt };
      if (!(await takeSignInState(db, state))) throw new SingleSignOnRefused("attempt_used");
      const entered = await transaction(db, (tx) => enter(tx, { values, claims, request }));
      if ("refused" in entered) throw new SingleSignOnRefused(entered.refused);
      return { operatorId: entered.operatorId, returnTo: attempt.returnTo, provenAt };
    },
  };
}

/** When the provider asked the person; one that does not say is taken to have asked just now. */
function provenAtOf({ auth_time: askedAt }: Claims, now: Date): Date {
  if (typeof askedAt !== "number") return now;
  return new Date(Math.min(askedAt * 1_000, now.getTime()));
}
