import { z } from "zod";
import type { QrCode } from "./qr-code.ts";

export const CodeInput = z.object({
  code: z.string().trim().min(1, "the code is required").max(40),
});
export type CodeInput = z.infer<typeof CodeInput>;

export const FirstCodeInput = CodeInput.extend({
  present: z.string().min(1, "the present password is required").max(128),
});
export type FirstCodeInput = z.infer<typeof FirstCodeInput>;

/** How somebody's own second factor stands. */
export type OwnSecondFactor = {
  /** Without one there is nothing that a code could be asked beside. */
  hasPassword: boolean;
  /** `begun`: an app was given a key, and its first code has not been typed yet. */
  app: "off" | "begun" | "on";
  recoveryCodes: number;
  /** For the app, while it is begun: the key by itself, as an address that apps open, as a picture. */
  setUp: { key: string; uri: string; qr: QrCode } | null;
};

/** In this answer and nowhere else. */
export type RecoveryCodes = { codes: string[] };
