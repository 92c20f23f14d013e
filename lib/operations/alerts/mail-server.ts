import type { Sealer } from "#lib/auth/secrets/seal.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { readSetting, saveSetting } from "#lib/db/system/settings.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict, InvalidInput } from "../errors.ts";
import { permit } from "../permit.ts";
import { validated } from "../validated.ts";
import { type MailServer, MailServerInput, type MailServerView } from "./schema.ts";

const MAIL_SERVER = "alerts.mail_server";
const MAIL_PASSWORD_PURPOSE = "mail server password";

type KeptMailServer = Omit<MailServer, "password"> & { sealedPassword: string | null };

async function readMailServer(db: Db): Promise<KeptMailServer | null> {
  return (await readSetting(db, MAIL_SERVER)) as KeptMailServer | null;
}

/** @throws SealBroken  the password that is kept was sealed with another secret */
export async function usableMailServer(
  { settings, engine }: Pick<Caller, "settings" | "engine">,
  db: Db,
): Promise<MailServer | null> {
  if (settings.mailServer) return settings.mailServer;
  const kept = await readMailServer(db);
  if (!kept) return null;
  const { sealedPassword, ...reached } = kept;
  const password = sealedPassword
    ? engine.sealer.unseal(sealedPassword, MAIL_PASSWORD_PURPOSE)
    : "";
  return { ...reached, password };
}

export async function shownMailServer(
  { settings }: Pick<Caller, "settings">,
  db: Db,
): Promise<MailServerView | null> {
  if (settings.mailServer) {
    const { password, ...reached } = settings.mailServer;
    return { ...reached, hasPassword: password !== "", source: "environment" };
  }
  const kept = await readMailServer(db);
  return kept && viewOf(kept);
}

function viewOf({ sealedPassword, ...reached }: KeptMailServer): MailServerView {
  return { ...reached, hasPassword: sealedPassword !== null, source: "settings" };
}

/** The server that alerts are handed to. A password goes to the host that it was given for alone. */
export async function saveMailServer(
  asker: Asker,
  input: MailServerInput,
): Promise<MailServerView> {
  const caller = await permit(asker, "admin", "everywhere");
  if (caller.settings.mailServer)
    throw new Conflict("the mail server is set by the environment variable ROLLBOOK_SMTP_URL");
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
    return viewOf(kept);
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
