import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import nodemailer from "nodemailer";
import { isRefusedAddress } from "#lib/lti/fetch/address-guard.ts";
import type { MailServer } from "./schema.ts";

const TIMEOUT_MS = 20_000;

export type Mail = { to: string[]; subject: string; text: string; messageId: string };

/**
 * Hands a mail to the server; rejects with the server's words. The name is looked up here and the
 * address that was checked is the one that is connected to.
 */
export async function sendMail(
  { allowPrivateNetwork }: { allowPrivateNetwork: boolean },
  server: MailServer,
  mail: Mail,
): Promise<void> {
  const { host, port, security, user, password, from } = server;
  const { address } = isIP(host) ? { address: host } : await lookup(host);
  if (!allowPrivateNetwork && isRefusedAddress(address)) {
    throw new Error("the mail server is on a private network, which is not allowed");
  }
  const transport = nodemailer.createTransport({
    host: address,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { servername: isIP(host) ? undefined : host },
    auth: user ? { user, pass: password } : undefined,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from, ...mail });
  } finally {
    transport.close();
  }
}
