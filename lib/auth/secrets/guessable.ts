import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** So much of a password is looked at: its beginning must do by itself, and the time is bounded. */
const LOOKED_AT = 40;
/** Of 0 to 4: fewer than a hundred million guesses. */
const TOO_FEW_GUESSES = 2;

let estimator: Promise<ZxcvbnFactory> | undefined;

/**
 * Whether a password is one of the 49,000 commonest, or made of them, of the person's own name and
 * address, or of rows of keys and repetitions as breached ones are.
 *
 * @param about  what belongs to the person; each word of it counts as known
 * @see OWASP ASVS 5.0, 6.2.4 and 6.2.11
 */
export async function isGuessable(password: string, about: readonly string[]): Promise<boolean> {
  estimator ??= makeEstimator();
  const known = ["rollbook", ...about, ...about.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))];
  const words = known.filter((word) => word.length > 2).slice(0, 20);
  return (await estimator).check(password.slice(0, LOOKED_AT), words).score <= TOO_FEW_GUESSES;
}

/** Two megabytes of words, read when the first password is chosen. */
async function makeEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}
