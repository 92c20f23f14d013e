import { familyNames, givenNames } from "./names.ts";

export type Person = {
  userId: string;
  name: string;
  givenName: string;
  familyName: string;
  email: string;
  sourcedId: string;
};

const SCRAMBLE = 0x9e3779b1;
const UNSCRAMBLE = inverseModulo32(SCRAMBLE);

/**
 * Everyone the platform knows, computed from an index, so that a hundred
 * thousand people cost nothing until they are read.
 */
export class People {
  private readonly suffix: string;

  constructor(private readonly seed: number) {
    this.suffix = hex(hash(seed), 8).slice(0, 4);
  }

  at(index: number): Person {
    const draw = hash(index ^ hash(this.seed));
    const givenName = givenNames[draw % givenNames.length] ?? "Ada";
    const familyName = familyNames[(draw >>> 12) % familyNames.length] ?? "Byron";
    return {
      userId: this.userId(index),
      name: `${givenName} ${familyName}`,
      givenName,
      familyName,
      email: `${mailbox(givenName)}.${mailbox(familyName)}.${index}@example.edu`,
      sourcedId: `example.edu:${100_000 + index}`,
    };
  }

  userId(index: number): string {
    return hex(Math.imul(index ^ this.seed, SCRAMBLE) >>> 0, 8) + this.suffix;
  }

  /** The index behind a user ID of this platform, without a table. */
  indexOf(userId: string): number | undefined {
    if (!/^[0-9a-f]{12}$/.test(userId) || !userId.endsWith(this.suffix)) return undefined;
    const index = Math.imul(parseInt(userId.slice(0, 8), 16), UNSCRAMBLE) ^ this.seed;
    return index >= 0 ? index : undefined;
  }
}

export function hash(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function mailbox(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}

/** Newton's iteration: each step doubles the number of right bits. */
function inverseModulo32(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 5; step++) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  }
  return inverse;
}
