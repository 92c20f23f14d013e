import { z } from "zod";
import type { Sealer } from "../secrets/seal.ts";
import { PasskeyRefused } from "./errors.ts";

/** Longer than a browser waits for the device. */
export const CHALLENGE_MS = 5 * 60_000;

/** What a passkey is asked for, and of whom: nobody is known at a sign-in. */
export type Ask =
  | { for: "sign_in" }
  | { for: "proof"; operatorId: string; sessionId: string }
  | { for: "adding"; operatorId: string; sessionId: string };

const Kept = z.object({
  challenge: z.string(),
  for: z.enum(["sign_in", "proof", "adding"]),
  operatorId: z.string().optional(),
  sessionId: z.string().optional(),
  expiresAt: z.number(),
});

const PURPOSE = "passkey challenge";

/**
 * What was asked, sealed for the browser to bring back, so that who only begins leaves nothing
 * behind. That it is used once is noted where it is taken.
 */
export function sealChallenge(sealer: Sealer, ask: Ask, challenge: string, now: Date): string {
  const kept = { ...ask, challenge, expiresAt: now.getTime() + CHALLENGE_MS };
  return sealer.seal(JSON.stringify(kept), PURPOSE);
}

/** @throws PasskeyRefused  it is not ours, over, or was made for something or somebody else */
export function openChallenge(sealer: Sealer, ask: Ask, sealed: string, now: Date): string {
  const { challenge, expiresAt, ...asked } = read(sealer, sealed);
  const wanted: Partial<Record<string, string>> = ask;
  const fits = (["for", "operatorId", "sessionId"] as const).every(
    (name) => asked[name] === wanted[name],
  );
  if (!fits || expiresAt <= now.getTime()) throw new PasskeyRefused("over");
  return challenge;
}

function read(sealer: Sealer, sealed: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(sealer.unseal(sealed, PURPOSE)));
  } catch {
    throw new PasskeyRefused("over");
  }
}
