import { hashToken } from "../secrets/one-time-token.ts";
import { bareCode, newGroupedCode } from "../secrets/setup-code.ts";

const HOW_MANY = 10;
/** 120 bits of chance: enough for a fast hash (OWASP ASVS 6.5.2 asks for 112). */
const LENGTH = 24;

/** Ten codes that nobody can guess. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: HOW_MANY }, () => newGroupedCode(LENGTH));
}

/** What is stored of a code: it is random, so a fast hash tells nothing of it. */
export function hashRecoveryCode(operatorId: string, code: string): string {
  return hashToken(`recovery code ${operatorId} ${bareCode(code)}`);
}
