import type { Advice, NetworkFault } from "../advice.ts";

type Rule = { when: RegExp; advice(host: string): Omit<Advice, "title"> };

const SELF_SIGNED = /SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|CERT_UNTRUSTED/;

const RULES: readonly Rule[] = [
  {
    when: /^ENOTFOUND$|^EAI_/,
    advice: (host) => ({
      cause: `No name server knows ${host}: it is misspelt, or known inside the campus network alone.`,
      owner: "operator",
      fix: "Correct the address on the registration, or let this machine use the campus name servers.",
    }),
  },
  {
    when: /^ECONNREFUSED$/,
    advice: (host) => ({
      cause: `${host} is there, but nothing listens at this port.`,
      owner: "platform_admin",
      fix: "Compare the address with the LMS’s own screen; if it is right, the LMS is down or a firewall turns us away.",
    }),
  },
  {
    when: /CERT_HAS_EXPIRED/,
    advice: (host) => ({
      cause: `The certificate of ${host} has expired.`,
      owner: "platform_admin",
      fix: "Renew the LMS’s certificate.",
    }),
  },
  {
    when: /ALTNAME/,
    advice: (host) => ({
      cause: `The certificate that answers is not for ${host}.`,
      owner: "operator",
      fix: "Enter the address under the name that the LMS uses for itself.",
    }),
  },
  {
    when: SELF_SIGNED,
    advice: (host) => ({
      cause: `${host} shows a certificate that no authority known here has signed, or leaves out the ones between.`,
      owner: "platform_admin",
      fix: "Install a certificate of a public authority with its whole chain. For a campus authority, name its certificate to Rollbook in NODE_EXTRA_CA_CERTS.",
    }),
  },
  {
    when: /^EPROTO$|^ERR_SSL|^ERR_TLS/,
    advice: (host) => ({
      cause: `${host} does not speak TLS 1.2 or newer at this port.`,
      owner: "platform_admin",
      fix: "Check the port of the address, and that the LMS offers TLS 1.2 or 1.3.",
    }),
  },
  {
    when: /TIMEDOUT|TIMEOUT|^EHOSTUNREACH$|^ENETUNREACH$/,
    advice: (host) => ({
      cause: `${host} did not answer in time: a firewall that swallows our requests, or an LMS under load.`,
      owner: "platform_admin",
      fix: "Let requests from this machine through the LMS’s firewall; if they get through, look at the LMS’s load.",
    }),
  },
  {
    when: /^UND_ERR_SOCKET$|^ECONNRESET$|^EPIPE$/,
    advice: (host) => ({
      cause: `${host} closed the connection before it answered: a restart, a proxy in between, or a fault in the LMS.`,
      owner: "platform_admin",
      fix: "Test again; if it stays, the LMS’s proxy or error log tells why it hangs up.",
    }),
  },
];

/** What a network's error says about the way to a host. */
export function networkAdvice(
  { code }: NetworkFault,
  host: string,
): Omit<Advice, "title"> | undefined {
  return RULES.find(({ when }) => when.test(code))?.advice(host);
}
