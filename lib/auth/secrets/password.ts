import { hashPassword } from "better-auth/crypto";

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** As the sign-in library checks it: scrypt with a salt of its own. */
export async function hashOperatorPassword(password: string): Promise<string> {
  return hashPassword(password);
}
