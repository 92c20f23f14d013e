/** Why removals wait for a person. */
export type HoldRule = "empty" | "share" | "no_instructor";

/** What a sync would remove, and what it would leave. */
export type Removal = {
  membersBefore: number;
  removals: number;
  remaining: number;
  instructorsRemoved: number;
  instructorsLeft: number;
};

/** Removals of more than this share of a course are held… */
export const HELD_SHARE = 0.1;
/** …if they are at least so many people: in small classes a share alone says little. */
export const HELD_PEOPLE = 5;

/**
 * The rule by which removals are held, or null when they go on. A roster that came back empty,
 * a large drop and a course left without its instructors are more often a fault of the
 * platform or of its settings than the truth.
 */
export function holdRule(removal: Removal): HoldRule | null {
  const { membersBefore, removals, remaining, instructorsRemoved, instructorsLeft } = removal;
  if (removals === 0) return null;
  if (remaining === 0) return "empty";
  if (removals >= HELD_PEOPLE && removals > HELD_SHARE * membersBefore) return "share";
  if (instructorsRemoved > 0 && instructorsLeft === 0) return "no_instructor";
  return null;
}

/** The rule in words, after "held:". */
export function holdWords(rule: HoldRule): string {
  switch (rule) {
    case "empty":
      return "nobody would be left in the course";
    case "share":
      return "more than 10% of the course, and at least 5 people";
    case "no_instructor":
      return "no instructor would be left in the course";
  }
}
