import { z } from "zod";
import { Timestamp } from "../fields.ts";
import { InvitedOperator, OperatorView } from "../operators/schema.ts";
import { newPassword } from "../operators/sign-in-schema.ts";

const MOST_HOURS = 168;

const Hours = z.coerce
  .number("must be a number of hours")
  .int("must be a whole number of hours")
  .min(1, "must be at least one hour")
  .max(MOST_HOURS, `must be at most ${MOST_HOURS} hours`)
  .meta({ description: "for so long the link is good" });

export const OperatorInvitation = InvitedOperator.safeExtend({
  expiresInHours: Hours.default(72),
}).meta({ id: "OperatorInvitation" });
export type OperatorInvitation = z.input<typeof OperatorInvitation>;

export const PasswordLinkInput = z
  .object({ expiresInHours: Hours })
  .meta({ id: "PasswordLinkInput" });
export type PasswordLinkInput = z.input<typeof PasswordLinkInput>;

export const PasswordLink = z
  .object({
    operator: OperatorView,
    url: z.string().meta({ description: "shown once; whoever has it chooses the password" }),
    expiresAt: Timestamp,
  })
  .meta({ id: "PasswordLink" });
export type PasswordLink = z.infer<typeof PasswordLink>;

export const ChosenPassword = z.object({
  token: z.string().min(1).max(200),
  password: newPassword,
});
export type ChosenPassword = z.infer<typeof ChosenPassword>;
