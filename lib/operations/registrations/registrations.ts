import { deleteLaunchSessionsOf } from "#lib/db/launches/sessions.ts";
import { notify } from "#lib/db/changes.ts";
import type { AuditDetail } from "#lib/db/audit/entries.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { RegistrationRow } from "#lib/db/registrations/registration-row.ts";
import * as stored from "#lib/db/registrations/registrations.ts";
import { isUniqueViolation } from "#lib/db/errors.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";
import { pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { Conflict } from "../errors.ts";
import { checkDestination } from "../service-origins/assertion-destination.ts";
import { announceOrigins, approveOwnOrigins } from "../service-origins/named-origins.ts";
import { checkPlatformAddresses } from "./platform-addresses.ts";
import { type RegistrationFields, registrationFields, registrationView } from "./view.ts";
import type { Page } from "../fields.ts";
import {
  DeploymentInput,
  RegistrationFilter,
  RegistrationInput,
  RegistrationPatch,
  type RegistrationView,
} from "./schema.ts";
import { merged } from "../partial.ts";
import { validated } from "../validated.ts";
import { checkVersion, type Expected } from "../version.ts";
import { evictTokensOf } from "#lib/db/tokens/access-tokens.ts";
import { byId } from "../by-id.ts";

type RegistrationId = { registrationId: string };

/** By name, unless `sort` says otherwise. */
export async function listRegistrations(
  asker: Asker,
  filter: Partial<RegistrationFilter>,
): Promise<Page<RegistrationView>> {
  const caller = await permit(asker, "read", "within");
  const { cursor, limit, sort, ...conditions } = validated(RegistrationFilter, filter);
  const order = orderOf(stored.REGISTRATION_ORDERS, sort);
  const within = registrationsOf(caller.actor);
  const page = { order, after: afterOf(cursor, sort, order), limit: limit + 1 };
  const query = { ...conditions, within, ...page };
  const { rows, keys, total } = await stored.listRegistrations(caller.db, query);
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => registrationView(row, caller) });
}

export async function getRegistration(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  const caller = await permit(asker, "read", { registrationId });
  return registrationView(await required(caller.db, registrationId), caller);
}

/**
 * @throws Conflict            the issuer and client ID are registered already
 * @throws ConfirmationNeeded  see `checkDestination`
 */
export async function createRegistration(
  asker: Asker,
  input: RegistrationInput,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", "everywhere");
  const { deploymentIds, confirmsDestination: isConfirmed, ...fields } = checked(caller, input);
  return writing(caller, async (tx) => {
    const { id, isNew } = await stored.insertRegistration(tx, fields);
    if (!isNew) throw clientTaken(id);
    const confirmed = await checkDestination(caller, tx, { id, after: fields, isConfirmed });
    await stored.insertDeployments(tx, id, asDeployments(deploymentIds));
    const { name, issuer, clientId } = fields;
    const detail = { name, issuer, clientId, ...(confirmed.length > 0 && { confirmed }) };
    await audit(tx, caller, entry("registration.create", id, detail));
    await approveOwnOrigins(caller, tx, { id, ...fields });
    return id;
  });
}

/**
 * Changes the fields that are given; the others keep their values. Deployment IDs that are new
 * are added; none is removed, for courses may depend on it. What the cached tokens were asked
 * with may have changed, and then they are dropped. Addresses at origins that are new wait for
 * approval, unless an admin confirmed the change.
 *
 * @throws VersionMismatch     somebody changed the registration since the caller read it
 * @throws Conflict            another registration has this issuer and client ID
 * @throws ConfirmationNeeded  token endpoint or audience are moved; see `checkDestination`
 */
export async function updateRegistration(
  asker: Asker,
  { registrationId, ifVersion, ...input }: RegistrationId & Expected & RegistrationPatch,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  const patch = validated(RegistrationPatch, input);
  const { deploymentIds: named = [], confirmsDestination: isConfirmed = false, ...given } = patch;
  return writing(caller, async (tx) => {
    const { id } = await required(tx, registrationId);
    await stored.lockRegistration(tx, id);
    const before = await required(tx, id);
    const old = registrationFields(before);
    checkVersion({ ifVersion }, old);
    const whole = { ...merged(old, given), deploymentIds: named, confirmsDestination: isConfirmed };
    const { deploymentIds, confirmsDestination: _, ...fields } = checked(caller, whole);
    const owner = await stored.registrationOfClient(tx, fields);
    if (owner && owner.id !== id) throw clientTaken(owner.id);
    const destination = { id, before: old, after: fields, isConfirmed };
    const confirmed = await checkDestination(caller, tx, destination);
    await stored.updateRegistration(tx, id, fields);
    const added = await stored.insertDeployments(tx, id, asDeployments(deploymentIds));
    const changes = changesBetween(old, fields);
    if (TOKEN_FIELDS.some((field) => field in changes)) {
      await evictTokensOf(tx, id, "the registration was changed");
    }
    const detail = {
      changes,
      deploymentsAdded: added.length,
      ...(confirmed.length > 0 && { confirmed }),
    };
    await audit(tx, caller, entry("registration.update", id, detail));
    await takeNewOrigins(caller, tx, { id, ...fields }, confirmed.length > 0);
    return id;
  });
}

/** Whoever holds the key set speaks for the platform, so that one which moves is looked at. */
async function takeNewOrigins(
  caller: Caller,
  tx: Db,
  registration: { id: string } & RegistrationFields,
  isConfirmed: boolean,
): Promise<void> {
  if (isConfirmed) return approveOwnOrigins(caller, tx, registration);
  const addresses = [registration.jwksUrl];
  await announceOrigins(caller, tx, registration, { addresses, source: "registration" });
}

const TOKEN_FIELDS = [
  "issuer",
  "clientId",
  "tokenEndpoint",
  "audience",
  "audienceValues",
  "assertionTyp",
  "signsWith",
];

/** @throws Conflict  a sync of the registration is under way */
export async function archiveRegistration(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  return writing(caller, async (tx) => {
    const { id, archivedAt } = await required(tx, registrationId);
    if (archivedAt) return id;
    if (await stored.hasUnfinishedRun(tx, { registrationId: id })) {
      throw new Conflict("a sync of this registration is under way, cancel it first");
    }
    await stored.setRegistrationArchived(tx, id, caller.now());
    await deleteLaunchSessionsOf(tx, id);
    await audit(tx, caller, entry("registration.archive", id));
    return id;
  });
}

export async function restoreRegistration(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  return writing(caller, async (tx) => {
    const { id, archivedAt } = await required(tx, registrationId);
    if (!archivedAt) return id;
    await stored.setRegistrationArchived(tx, id, null);
    await audit(tx, caller, entry("registration.restore", id));
    return id;
  });
}

/** @throws Conflict  the registration has this deployment ID already */
export async function addDeployment(
  asker: Asker,
  { registrationId, ...input }: RegistrationId & DeploymentInput,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  const deployment = validated(DeploymentInput, input);
  return writing(caller, async (tx) => {
    const { id } = await required(tx, registrationId);
    const [added] = await stored.insertDeployments(tx, id, [deployment]);
    if (!added) {
      const reason = "the registration has this deployment ID already";
      const existing = await tx.prisma.deployment.findFirst({
        where: { registrationId: id, deploymentId: deployment.deploymentId },
      });
      throw new Conflict(reason, { deploymentId: [reason] }, existing?.id);
    }
    await audit(tx, caller, entry("deployment.add", id, deployment));
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
    throw clientTaken();
  });
  return getRegistration(caller, { registrationId });
}

function clientTaken(existingId?: string): Conflict {
  const reason = "a registration with this issuer and client ID exists";
  return new Conflict(reason, { clientId: [reason] }, existingId);
}

async function required(tx: Db, registrationId: string): Promise<RegistrationRow> {
  return byId("registration", registrationId, (id) => stored.findRegistration(tx, id));
}
