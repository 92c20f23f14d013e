import { isGuessable } from "#lib/auth/secrets/guessable.ts";
import { InvalidInput } from "../errors.ts";

const TOO_COMMON =
  "others would guess this password: it is a common one, or made of common words, rows of keys or your own name";

/**
 * Refuses a password that is among the commonest, or made like them. `password` is named by the
 * field that it came in.
 *
 * @throws InvalidInput
 */
export async function requireUnguessable(
  password: Record<string, string>,
  about: readonly string[],
): Promise<void> {
  for (const [field, text] of Object.entries(password))
    if (await isGuessable(text, about)) throw new InvalidInput({ [field]: [TOO_COMMON] });
}
