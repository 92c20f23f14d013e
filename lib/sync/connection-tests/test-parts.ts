import type { StoredParts } from "#lib/db/registrations/connection-tests.ts";
import type { Step } from "#lib/connection-test/index.ts";

/** The other audiences, beside the steps of a test that gave reason to doubt ours. */
export type AudienceProbePart = {
  key: "audience_probe";
  /** Nobody has tried them yet. */
  offered: boolean;
  tried: { audience: string; accepted: boolean; verbatim: string | null }[];
  worked: string | null;
};

/** What a stored test is made of. */
export type TestParts = { steps: readonly Step[]; probe: AudienceProbePart | null };

export function toStoredParts({ steps, probe }: TestParts): StoredParts {
  return JSON.parse(JSON.stringify(probe ? [...steps, probe] : steps)) as StoredParts;
}

/** Only `toStoredParts` writes this column, so what is in it has its form. */
export function fromStoredParts(stored: unknown): TestParts {
  const parts = Array.isArray(stored) ? (stored as (Step | AudienceProbePart)[]) : [];
  return {
    steps: parts.filter((part): part is Step => part.key !== "audience_probe"),
    probe: parts.find((part): part is AudienceProbePart => part.key === "audience_probe") ?? null,
  };
}
