import type { Sealer } from "#lib/auth/secrets/seal.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { readSetting, saveSetting } from "#lib/db/system/settings.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { InvalidInput } from "../errors.ts";
import { permit } from "../permit.ts";
import { validated } from "../validated.ts";
import { MailServerInput, type MailServerView } from "./schema.ts";

const MAIL_SERVER = "alerts.mail_server";
export const MAIL_PASSWORD_PURPOSE = "mail server password";

export type KeptMailServer = Omit<MailServerView, "hasPassword"> & {
  sealedPassword: string | null;
};

export async function readMailServer(db: Db): Promise<KeptMailServer | null> {
  return (await readSetting(db, MAIL_SERVER)) as KeptMailServer | null;
}

export function mailServerView(kept: KeptMailServer | null): MailServerView | null {
  if (!kept) return null;
  const { sealedPassword, ...shown } = kept;
  return { ...shown, hasPassword: sealedPassword !== null };
}

/** The server that alerts are handed to. A password goes to the host that it was given for alone. */
export async function saveMailServer(
  asker: Asker,
  input: MailServerInput,
): Promise<MailServerView> {
  const caller = await permit(asker, "admin", "everywhere");
  const { password, ...given } = validated(MailServerInput, input);
  if (given.security === "none" && !caller.settings.allowPrivateNetwork) {
    throw new InvalidInput({ security: ["mail goes by TLS outside of a private network"] });
  }
  return transaction(caller.db, async (tx) => {
    const before = await readMailServer(tx);
    const isSame = before?.host === given.host && before.user === given.user;
    const sealedPassword = password
      ? caller.engine.sealer.seal(password, MAIL_PASSWORD_PURPOSE)
      : isSame
        ? before.sealedPassword
        : null;
    const kept = { ...given, sealedPassword };
    await saveSetting(tx, MAIL_SERVER, kept);
    const { host, port, security, user, from } = given;
    const detail = { host, port, security, user, from };
    await audit(tx, caller, {
      action: "mail_server.change",
      object: "mail_server",
      objectId: host,
      detail,
    });
    return mailServerView(kept)!;
  });
}

/** Seals the password again. */
export async function resealMailServer(db: Db, sealer: Sealer): Promise<void> {
  const kept = await readMailServer(db);
  if (!kept?.sealedPassword || sealer.isCurrent(kept.sealedPassword)) return;
  const password = sealer.unseal(kept.sealedPassword, MAIL_PASSWORD_PURPOSE);
  const sealedPassword = sealer.seal(password, MAIL_PASSWORD_PURPOSE);
  await saveSetting(db, MAIL_SERVER, { ...kept, sealedPassword });
}
