import type { z } from "zod";

const ABBREVIATIONS: Record<string, string> = { id: "ID", ids: "IDs", url: "URL", jwks: "JWKS" };

/** Their IDs stand behind a list of names. */
const CHOSEN = new Set(["lineItemId", "courseId", "registrationId"]);

/** Says what an empty field should hold: `clientId` → `client ID is required`. */
export const missingWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input !== undefined) return undefined;
  const name = issue.path?.at(-1);
  if (typeof name !== "string") return "this entry is empty";
  return CHOSEN.has(name) ? `choose a ${words(name.slice(0, -2))}` : `${words(name)} is required`;
};

function words(name: string): string {
  return name
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(" ");
}
