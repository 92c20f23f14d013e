import type { z } from "zod";

const ABBREVIATIONS: Record<string, string> = { id: "ID", ids: "IDs", url: "URL", jwks: "JWKS" };

/** Says what an empty field should hold: `clientId` → `client ID is required`. */
export const missingWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input !== undefined) return undefined;
  const name = issue.path?.at(-1);
  return typeof name === "string" ? `${words(name)} is required` : "this entry is empty";
};

function words(name: string): string {
  return name
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(" ");
}
