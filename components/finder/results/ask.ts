export type Verb = "sync_roster" | "send_scores";

/** What is asked for: a thing, or something that is to be done with a course. */
export type Ask = { text: string; verb: Verb | null };

const VERBS: [RegExp, Verb][] = [
  [/^sync(\s+the)?(\s+roster)?(\s+of)?\s+/i, "sync_roster"],
  [/^send(\s+the)?(\s+(scores|grades))?(\s+of)?\s+/i, "send_scores"],
];

/** Reads “Sync roster of Biology”, “send bio” or plain “bio”. */
export function readAsk(typed: string): Ask {
  const text = typed.trim();
  for (const [pattern, verb] of VERBS)
    if (pattern.test(text)) return { text: text.replace(pattern, "").trim(), verb };
  return { text, verb: null };
}
