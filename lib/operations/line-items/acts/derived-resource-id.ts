import { createHash } from "node:crypto";

/** The same for the same course and label, so that a call made again finds what the first made. */
export function derivedResourceId({ id }: { id: string }, label: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([id, label]))
    .digest("hex");
  return `label-${digest.slice(0, 32)}`;
}
