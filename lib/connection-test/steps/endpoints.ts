import { AddressRefused } from "#lib/lti/errors.ts";
import { presentOf } from "#lib/lti/options.ts";
import { parseServiceUrl } from "#lib/lti/values/service-url.ts";
import { networkAdvice } from "#lib/advice/index.ts";
import { networkFaultOf } from "../network/network-fault.ts";
import { adviceAt, passed } from "../outcomes.ts";
import type { Reached } from "../network/reach.ts";
import type { StepAdvice, StepFact, StepOutcome } from "../step.ts";
import type { Subject, Visit } from "../subject.ts";

type Field = keyof Subject["addresses"];
type Look = {
  field: Field;
  found: string;
  trouble?: { isFatal: boolean; advice: StepAdvice; verbatim?: string };
};

const LABELS: Record<Field, string> = {
  tokenEndpoint: "token endpoint",
  authorizationEndpoint: "authorization endpoint",
  jwksUrl: "JWKS URL",
};

const EXPIRES_SOON_MS = 14 * 86_400_000;

/** Are the platform's addresses https, do their names resolve, and do they speak TLS? */
export async function examineEndpoints(visit: Visit): Promise<StepOutcome> {
  const fields = Object.keys(LABELS) as Field[];
  const looks = await Promise.all(fields.map((field) => look(field, visit)));
  for (const { field, trouble } of looks) {
    if (trouble?.isFatal) visit.findings.unusableAddresses.add(field);
  }
  const facts: StepFact[] = looks.map(({ field, found }) => ({
    label: LABELS[field],
    value: `${visit.subject.addresses[field]}\n${found}`,
  }));
  const worst = looks.find(({ trouble }) => trouble?.isFatal) ?? looks.find((one) => one.trouble);
  if (!worst?.trouble) return passed("All three addresses answer.", { facts });
  const { isFatal, advice, verbatim } = worst.trouble;
  return {
    state: isFatal ? "failed" : "warned",
    summary: isFatal
      ? `The ${LABELS[worst.field]} cannot be reached.`
      : "The addresses answer, with something to look at.",
    advice,
    verbatim,
    facts,
  };
}

async function look(field: Field, { subject, lti }: Visit): Promise<Look> {
  const url = parseServiceUrl(subject.addresses[field]);
  if (!url) return unusable(field, "is no web address");
  if (url.protocol === "http:" && !subject.allowHttp) return unusable(field, "does not use https");
  try {
    const reached = await subject.reach(url);
    const trouble = weakness(url, reached, presentOf(lti));
    return { field, found: describe(reached), ...(trouble && { trouble }) };
  } catch (error) {
    return unreached(field, { url, error, subject });
  }
}

function unusable(field: Field, reason: string): Look {
  const advice: StepAdvice = {
    cause: `The ${LABELS[field]} ${reason}; tokens may travel over TLS alone (Security Framework 1.0 §3.1).`,
    owner: "operator",
    fix: `Correct the ${LABELS[field]} on the registration.`,
  };
  return { field, found: reason, trouble: { isFatal: true, advice } };
}

function unreached(field: Field, failure: { url: URL; error: unknown; subject: Subject }): Look {
  const { url, error, subject } = failure;
  if (error instanceof AddressRefused) {
    const advice = adviceAt(error, { subject });
    return { field, found: "on a private network", trouble: { isFatal: true, advice } };
  }
  const fault = networkFaultOf(error);
  const advice = fault && networkAdvice(fault, url.host);
  if (!fault || !advice) throw error;
  const verbatim = `${fault.code}: ${fault.words}`;
  return { field, found: fault.code, trouble: { isFatal: true, advice, verbatim } };
}

function weakness(url: URL, { isPrivate, tls }: Reached, now: Date): Look["trouble"] {
  if (!tls && !isPrivate) {
    return {
      isFatal: false,
      advice: {
        cause: `Tokens travel to ${url.host} in clear, over a network that is not private.`,
        owner: "platform_admin",
        fix: "Let the LMS offer https, then correct the addresses.",
      },
    };
  }
  if (!tls || tls.validTo.getTime() - now.getTime() > EXPIRES_SOON_MS) return undefined;
  return {
    isFatal: false,
    advice: {
      cause: `The certificate of ${url.host} ends on ${dayOf(tls.validTo)}.`,
      owner: "platform_admin",
      fix: "Renew the LMS’s certificate before that day.",
    },
  };
}

function describe({ addresses, tls }: Reached): string {
  const where = addresses.slice(0, 4).join(", ");
  return tls
    ? `${where}; ${tls.protocol}, certificate until ${dayOf(tls.validTo)}`
    : `${where}; http, without TLS`;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
