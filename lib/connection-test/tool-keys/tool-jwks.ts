import type { StepOutcome } from "../step.ts";
import type { Visit } from "../subject.ts";
import { examineOwnKeySet } from "./own-key-set.ts";
import { examineToolKeySet } from "./tool-key-set.ts";

/** Does the key set that the platform reads hold the key that we sign with? */
export async function examineToolJwks(visit: Visit): Promise<StepOutcome> {
  return visit.subject.toolKeys.signsWith === "own_key_set"
    ? examineOwnKeySet(visit)
    : examineToolKeySet(visit);
}
