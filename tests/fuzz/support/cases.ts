import fc from "fast-check";

/** Cases per property: enough for every run, or as many as the night allows. */
const cases = Number(process.env.FUZZ_CASES ?? 2_000);
const isNightly = process.env.FUZZ_CASES !== undefined;

/** No case may take longer: a walk that does not end is a failure like any other. */
const LONGEST_CASE_MS = 20_000;

/** Milliseconds that a whole property may take. */
export const PROPERTY_MS = 60_000 + cases * 60;

/** Checks a property; the same cases in every normal run, new ones every night. */
export async function check<Values extends [unknown, ...unknown[]]>(
  property: fc.IAsyncProperty<Values>,
): Promise<void> {
  await fc.assert(property, {
    numRuns: cases,
    ...(isNightly ? {} : { seed: 2_026 }),
    timeout: LONGEST_CASE_MS,
  });
}
