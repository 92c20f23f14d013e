import { notify } from "#lib/db/changes.ts";
import type { AuditDetail } from "#lib/db/audit/entries.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/registrations/registrations.ts";
import { isUniqueViolation } from "#lib/db/errors.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";
import { pageFrom } from "../cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { Conflict, NotFound } from "../errors.ts";
import { checkPlatformAddresses } from "./platform-addresses.ts";
import { registrationView } from "./view.ts";
import { Id, type Page } from "../fields.ts";
import {
  DeploymentInput,
  RegistrationFilter,
  RegistrationInput,
  type RegistrationView,
} from "./schema.ts";
import { validated } from "../validated.ts";

type RegistrationId = { registrationId: string };

/** By name, unless `sort` says otherwise. */
export async function listRegistrations(
  caller: Caller,
  filter: Partial<RegistrationFilter>,
): Promise<Page<RegistrationView>> {
  const { cursor, limit, sort, ...conditions } = validated(RegistrationFilter, filter);
  const order = orderOf(stored.REGISTRATION_ORDERS, sort);
  const query = { ...conditions, order, after: afterOf(cursor, sort, order), limit: limit + 1 };
  const { rows, keys, total } = await stored.listRegistrations(caller.db, query);
  const now = caller.now();
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => registrationView(row, now) });
}

export async function getRegistration(
  caller: Caller,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  return registrationView(await required(caller.db, registrationId), caller.now());
}

/** @throws Conflict  the issuer and client ID are registered already */
export async function createRegistration(
  caller: Caller,
  input: RegistrationInput,
): Promise<RegistrationView> {
  const { deploymentIds, ...fields } = checked(caller, input);
  return writing(caller, async (tx) => {
    const { id } = await stored.insertRegistration(tx, fields);
    await stored.insertDeployments(tx, id, asDeployments(deploymentIds));
    const { name, issuer, clientId } = fields;
    await audit(tx, caller.actor, entry("registration.create", id, { name, issuer, clientId }));
    return id;
  });
}

/**
 * Replaces the registration's fields. Deployment IDs that are new are added; none is removed,
 * for courses may depend on it. What the cached tokens were asked with may have changed, and
 * then they are dropped.
 */
export async function updateRegistration(
  caller: Caller,
  { registrationId, ...input }: RegistrationId & RegistrationInput,
): Promise<RegistrationView> {
  const { deploymentIds, ...fields } = checked(caller, input);
  return writing(caller, async (tx) => {
    const before = await required(tx, registrationId);
    await stored.updateRegistration(tx, before.id, fields);
    const added = await stored.insertDeployments(tx, before.id, asDeployments(deploymentIds));
    const changes = changesBetween(before, fields);
    if (TOKEN_FIELDS.some((field) => field in changes)) {
      const eviction = { at: caller.now(), reason: "the registration was changed" };
      await stored.evictTokensOfRegistration(tx, before.id, eviction);
    }
    const detail = { changes, deploymentsAdded: added.length };
    await audit(tx, caller.actor, entry("registration.update", before.id, detail));
    return before.id;
  });
}

const TOKEN_FIELDS = [
  "issuer",
  "clientId",
  "tokenEndpoint",
  "audience",
  "audienceValues",
  "assertionTyp",
];

/** @throws Conflict  a sync of the registration is under way */
export async function archiveRegistration(
  caller: Caller,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  return writing(caller, async (tx) => {
    const { id, archivedAt } = await required(tx, registrationId);
    if (archivedAt) return id;
    if (await stored.hasUnfinishedRun(tx, { registrationId: id })) {
      throw new Conflict("a sync of this registration is under way, cancel it first");
    }
    await stored.setRegistrationArchived(tx, id, caller.now());
    await audit(tx, caller.actor, entry("registration.archive", id));
    return id;
  });
}

export async function restoreRegistration(
  caller: Caller,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  return writing(caller, async (tx) => {
    const { id, archivedAt } = await required(tx, registrationId);
    if (!archivedAt) return id;
    await stored.setRegistrationArchived(tx, id, null);
    await audit(tx, caller.actor, entry("registration.restore", id));
    return id;
  });
}

/** @throws Conflict  the registration has this deployment ID already */
export async function addDeployment(
  caller: Caller,
  { registrationId, ...input }: RegistrationId & DeploymentInput,
): Promise<RegistrationView> {
  const deployment = validated(DeploymentInput, input);
  return writing(caller, async (tx) => {
    const { id } = await required(tx, registrationId);
    const [added] = await stored.insertDeployments(tx, id, [deployment]);
    if (!added) {
      const reason = "the registration has this deployment ID already";
      throw new Conflict(reason, { deploymentId: [reason] });
    }
    await audit(tx, caller.actor, entry("deployment.add", id, deployment));
    return id;
  });
}

function checked(caller: Caller, input: RegistrationInput): RegistrationInput {
  const registration = validated(RegistrationInput, input);
  const { tokenEndpoint, authorizationEndpoint, jwksUrl } = registration;
  checkPlatformAddresses(caller, { tokenEndpoint, authorizationEndpoint, jwksUrl });
  return registration;
}

function asDeployments(deploymentIds: readonly string[]) {
  return deploymentIds.map((deploymentId) => ({ deploymentId }));
}

function entry(action: string, objectId: string, detail?: AuditDetail) {
  return { action, object: "registration", objectId, detail };
}

/** Writes in one transaction, tells the pages that watch, and answers with what is stored now. */
async function writing(
  caller: Caller,
  write: (tx: Db) => Promise<string>,
): Promise<RegistrationView> {
  const registrationId = await transaction(caller.db, async (tx) => {
    const id = await write(tx);
    await notify(tx, { registrationId: id });
    return id;
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    const reason = "a registration with this issuer and client ID exists";
    throw new Conflict(reason, { clientId: [reason] });
  });
  return getRegistration(caller, { registrationId });
}

async function required(tx: Db, registrationId: string): Promise<stored.RegistrationRow> {
  const id = Id.safeParse(registrationId).data;
  const row = id ? await stored.findRegistration(tx, id) : null;
  if (!row) throw new NotFound("registration", registrationId);
  return row;
}
