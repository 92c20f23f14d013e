import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type MailReceiver = {
  port: number;
  /** What it took, in its order. */
  received: { to: string[]; text: string; user?: string }[];
  /** What it answers instead of taking a mail. */
  refusal: Error | null;
  stop(): Promise<void>;
};

/** The only password that the receiver knows. */
export const MAIL_PASSWORD = "open sesame";

/** A mail server without TLS, which takes mails of everybody and of who has the password. */
export async function startMailReceiver(): Promise<MailReceiver> {
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, answer) =>
      password === MAIL_PASSWORD
        ? answer(null, { user: username })
        : answer(new Error("wrong password")),
    onData(stream, { envelope, user }, answer) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        if (receiver.refusal) return answer(receiver.refusal);
        const to = envelope.rcptTo.map(({ address }) => address);
        const text = Buffer.concat(pieces).toString().replaceAll("=\r\n", "");
        receiver.received.push({ to, text, user: user as string | undefined });
        answer();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: MailReceiver = {
    port: (server.server.address() as AddressInfo).port,
    received: [],
    refusal: null,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return receiver;
}
