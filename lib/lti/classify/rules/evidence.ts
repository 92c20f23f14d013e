import type { ClassifyInput, Verdict } from "../verdict.ts";
import { isRepeatUnsafe } from "../../services/operations.ts";
import { parseRetryAfter } from "../../values/retry-after.ts";

/** What the rows of the table look at. */
export type Evidence = Omit<ClassifyInput, "headers"> & {
  /** 0 when no reply came. */
  status: number;
  body: string;
  header(name: string): string | null;
  /** WWW-Authenticate and the start of the body, lower case. */
  words(): string;
};

type WithoutRule<V> = V extends unknown ? Omit<V, "rule"> : never;

/** One row of the table: what it is, who says so, when it applies, what it means. */
export type Rule = {
  name: string;
  /** Where the behaviour is specified or was seen. */
  source: string;
  when(evidence: Evidence): boolean;
  verdict(evidence: Evidence): WithoutRule<Verdict>;
};

export type Test = (evidence: Evidence) => boolean;

export const all =
  (...tests: Test[]): Test =>
  (evidence) =>
    tests.every((test) => test(evidence));

export const status =
  (...codes: number[]): Test =>
  (evidence) =>
    codes.includes(evidence.status);

export const statusFrom =
  (from: number, to: number): Test =>
  (evidence) =>
    evidence.status >= from && evidence.status <= to;

export const says =
  (words: RegExp): Test =>
  (evidence) =>
    words.test(evidence.words());

export const isScore: Test = ({ operation }) => operation === "score.post";
export const isTokenRequest: Test = ({ operation }) => operation === "token.request";
export const isUnsafe: Test = ({ operation, method }) => isRepeatUnsafe(operation, method);

export function retryAtOf(evidence: Evidence): Date | undefined {
  return parseRetryAfter(evidence.header("retry-after"), evidence.now);
}
