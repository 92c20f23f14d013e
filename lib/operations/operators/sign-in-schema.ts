import { z } from "zod";

const email = z.string().trim().max(200).pipe(z.email("must be an e-mail address"));

export const newPassword = z
  .string()
  .min(12, "a password has at least 12 characters")
  .max(128, "a password has at most 128 characters");

export const SignInInput = z.object({
  email,
  password: z.string().min(1, "password is required").max(128),
});
export type SignInInput = z.infer<typeof SignInInput>;

export const NewOperatorFields = {
  name: z.string().trim().min(1, "name is required").max(200),
  email,
  password: newPassword,
};

export const FirstOperatorInput = z.object({
  setupCode: z
    .string()
    .min(1, "the set-up code is in the log of the server")
    .max(100)
    .meta({ description: "printed to the log while nobody can sign in yet" }),
  ...NewOperatorFields,
});
export type FirstOperatorInput = z.infer<typeof FirstOperatorInput>;

export const PasswordChange = z.object({
  present: z.string().min(1, "the present password is required").max(128),
  next: newPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;
