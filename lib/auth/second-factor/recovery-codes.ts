import { hashToken } from "../secrets/one-time-token.ts";
import { bareCode, newGroupedCode } from "../secrets/setup-code.ts";

const HOW_MANY = 10;

/** Ten codes that nobody can guess: 80 bits of chance each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: HOW_MANY }, newGroupedCode);
}

/** What is stored of a code: it is random, so a fast hash tells nothing of it. */
export function hashRecoveryCode(operatorId: string, code: string): string {
  return hashToken(`recovery code ${operatorId} ${bareCode(code)}`);
}
