import { z } from "zod";
import { faultSchema } from "#tests/support/platform/faults/faults.ts";
import { latencySchema } from "#tests/support/platform/options.ts";
import { applyProfile } from "#tests/support/platform/profiles.ts";
import { PROFILE_NAMES } from "#tests/support/platform/profile-names.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { command } from "./command.ts";

export const faultCommands = {
  misbehave: command(faultSchema, (state, fault) => ({ id: state.faults.add(fault) })),
  /** Ends one fault, or all that were commanded; the platform's profile stays. */
  behave: command(z.strictObject({ id: z.number().optional() }), (state, { id }) => {
    if (id !== undefined) {
      state.faults.remove(id);
    } else {
      state.faults.clear();
      withProfile(state);
    }
    return {};
  }),
  useProfile: command(
    z.strictObject({ profile: z.enum(PROFILE_NAMES), clientId: z.string().optional() }),
    (state, { profile, clientId }) => {
      applyProfile(state, profile, clientId);
      return {};
    },
  ),
  faults: command(z.strictObject({}), (state) => state.faults.list()),
  setLatency: command(z.strictObject({ latencyMs: latencySchema }), (state, { latencyMs }) => {
    state.options.latencyMs = latencyMs;
    return {};
  }),
  /** Revokes the tokens of a client, the one with a fingerprint, or all. */
  revokeTokens: command(
    z.strictObject({ clientId: z.string().optional(), fingerprint: z.string().optional() }),
    (state, which) => ({ revoked: state.tokens.revoke(which) }),
  ),
};

export function withProfile(state: PlatformState): void {
  if (state.options.profile) applyProfile(state, state.options.profile);
}
