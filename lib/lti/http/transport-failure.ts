import { isCodedError } from "../../errors.ts";
import type { FailureReason } from "../classify/verdict.ts";
import { BodyTooLarge } from "./read-body.ts";

/** Error codes that prove that no byte of the request reached the platform. */
const NEVER_SENT =
  /^(?:ENOTFOUND|EAI_|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/;

/** Why a fetch ended without a whole reply. */
export function failureReason(error: unknown): FailureReason {
  for (const link of causesOf(error)) {
    if (link instanceof BodyTooLarge) return "too_large";
    const { code, syscall } = link as { code?: unknown; syscall?: unknown };
    if (syscall === "connect" || syscall === "getaddrinfo") return "unreachable";
    if (typeof code === "string" && NEVER_SENT.test(code)) return "unreachable";
  }
  return "cut";
}

/** A typed error that was thrown below fetch, such as a refused address. */
export function codedCause(error: unknown): Error | undefined {
  return causesOf(error).find(isCodedError);
}

/** An error and what caused it, outermost first. */
export function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let link = error; link instanceof Error && chain.length < 8; link = link.cause) {
    chain.push(link);
    // Happy Eyeballs reports one error per address tried.
    if (link instanceof AggregateError)
      chain.push(...link.errors.filter((e) => e instanceof Error));
  }
  return chain;
}
