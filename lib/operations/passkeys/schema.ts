import { z } from "zod";
import { Id } from "../fields.ts";

export type { AskedForNew, AskedForUse } from "#lib/auth/passkeys/passkeys.ts";

/** What a browser brings back: what was asked, sealed, and the device's answer as JSON. */
export const PasskeyAnswer = z.object({
  state: z.string().min(1).max(2_000),
  response: z.string().min(1).max(20_000),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

const name = z.string().trim().min(1, "a name is required").max(100);

export const NewPasskeyInput = PasskeyAnswer.extend({ name });
export type NewPasskeyInput = z.infer<typeof NewPasskeyInput>;

export const PasskeyName = z.object({ passkeyId: Id, name });
export type PasskeyName = z.infer<typeof PasskeyName>;

export const PasskeyId = z.object({ passkeyId: Id });
export type PasskeyId = z.infer<typeof PasskeyId>;

export type PasskeyView = {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
};

/** One's own passkeys, and why none can be added. */
export type OwnPasskeys = {
  items: PasskeyView[];
  /** `address`: browsers make none for the address of this installation. */
  blocked: "address" | "no_password" | null;
};
