import { z } from "zod";
import { Id } from "#lib/operations/fields.ts";
import { ScoreInput } from "#lib/operations/scores/schema.ts";

const MOST_FILE_BYTES = 8_000_000;

export const CsvFile = z
  .instanceof(File, { message: "choose a CSV file" })
  .refine(({ size }) => size > 0, "the file is empty")
  .refine(({ size }) => size <= MOST_FILE_BYTES, "the file is larger than 8 MB");

/** One score by hand. Taking a score back must be said: an empty field may be an oversight. */
export const ScoreForm = z
  .object({
    lineItemId: Id,
    userId: ScoreInput.shape.userId,
    scoreGiven: ScoreInput.shape.scoreGiven,
    scoreMaximum: ScoreInput.shape.scoreMaximum,
    comment: ScoreInput.shape.comment,
    isCleared: z.boolean().default(false),
    send: z.boolean().default(false),
  })
  .refine(({ scoreGiven, isCleared }) => isCleared || typeof scoreGiven === "number", {
    path: ["scoreGiven"],
    message: "score is required, or take the score back",
  })
  .refine(({ scoreGiven, isCleared }) => !isCleared || typeof scoreGiven !== "number", {
    path: ["scoreGiven"],
    message: "leave the score empty to take it back",
  });

type ScoreFields = Omit<z.infer<typeof ScoreForm>, "lineItemId" | "send">;

export function scoreOf({ isCleared, ...score }: ScoreFields): ScoreInput {
  return {
    ...score,
    activityProgress: "Completed",
    gradingProgress: isCleared ? "NotReady" : "FullyGraded",
  };
}
