import { hashToken } from "#lib/auth/secrets/one-time-token.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import {
  insertPendingRegistration,
  lockRegistrationOfClient,
  type RegisteredFields,
} from "#lib/db/registrations/dynamic-registrations.ts";
import * as invitations from "#lib/db/registrations/invitations.ts";
import { isUniqueViolation } from "#lib/db/errors.ts";
import { isCodedError, type CodedError } from "#lib/errors.ts";
import {
  fetchPlatformConfiguration,
  missingScopes,
  registerTool,
  scopesToAsk,
  type PlatformConfiguration,
} from "#lib/lti/index.ts";
import { mayIssueFrom, platformOfFamily } from "#lib/platforms/index.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { Conflict, NotFound } from "../errors.ts";
import { NEEDED_SCOPES, WANTED_SCOPES } from "../courses/needed-scopes.ts";
import { refresh, type Registered } from "./refresh.ts";
import { describeTool } from "./tool-description.ts";

/** What the LMS's administrator is shown before Rollbook registers itself there. */
export type RegistrationOffer = {
  invitationName: string;
  issuer: string;
  product: string;
  askedScopes: string[];
  /** Needed, and not offered by the platform. */
  missingScopes: string[];
};

/** What is left to do in the LMS's window: close it. */
export type RegistrationDone = {
  name: string;
  origins: string[];
  /** It was known by its issuer and client ID, and is as the LMS describes it now. */
  isRefreshed: boolean;
  /** Nothing is launched or synced before an operator approves it. */
  isPending: boolean;
};

type Ask = { token: string; configurationUrl: string };

/**
 * Reads what the platform says of itself, as an invitation's link was followed.
 *
 * @throws NotFound | Conflict  no such invitation, or it is no longer good
 * @throws DynamicRegistrationRefused | LtiError  the platform cannot be registered with
 */
export async function offerRegistration(asker: Asker, ask: Ask): Promise<RegistrationOffer> {
  const caller = await permit(asker, "launch", "everywhere");
  const invitation = await openInvitation(caller, ask.token);
  await invitations.openInvitation(caller.db, invitation.id, caller.now());
  const platform = await keepingProblems(caller, invitation.id, () =>
    readPlatform(caller, ask.configurationUrl),
  );
  return {
    invitationName: invitation.name,
    issuer: platform.issuer,
    product: [platform.family, platform.version].filter(Boolean).join(" "),
    askedScopes: scopesToAsk(platform, WANTED_SCOPES),
    missingScopes: missingScopes(NEEDED_SCOPES, scopesToAsk(platform, WANTED_SCOPES)),
  };
}

/**
 * Registers Rollbook at the platform and keeps what it answered, pending an operator's approval.
 * Where the platform answers with a client ID that is registered here, that registration is
 * refreshed: its addresses, services and deployment.
 *
 * An invitation is used up by a registration; a try that fails leaves it good, with the reason.
 *
 * @throws NotFound | Conflict  no such invitation, or it is no longer good
 * @throws DynamicRegistrationRefused | LtiError  the platform said no, in its own words
 */
export async function registerWithPlatform(
  asker: Asker,
  ask: Ask & { registrationToken?: string },
): Promise<RegistrationDone> {
  const caller = await permit(asker, "launch", "everywhere");
  const { db } = caller;
  const invitation = await openInvitation(caller, ask.token);
  if (!(await invitations.takeInvitation(db, invitation.id, caller.now()))) {
    throw new Conflict("the invitation was used already");
  }
  try {
    const platform = await readPlatform(caller, ask.configurationUrl);
    const { registrationToken } = ask;
    const { lti } = caller.engine;
    const tool = await registerTool(platform, describeTool(caller), { registrationToken, lti });
    const stored = await store(caller, invitation, { platform, tool });
    return { ...stored, origins: originsOf(platform, ask.configurationUrl) };
  } catch (error) {
    if (isCodedError(error)) {
      await invitations.giveInvitationBack(db, invitation.id, problemOf(error));
    }
    throw error;
  }
}

async function openInvitation(caller: Caller, token: string): Promise<invitations.Invitation> {
  const found = await invitations.invitationOfToken(caller.db, hashToken(token.slice(0, 200)));
  if (!found) throw new NotFound("invitation", "by this link");
  if (found.usedAt) throw new Conflict("the invitation was used already");
  if (found.revokedAt) throw new Conflict("the invitation was revoked");
  if (found.expiresAt <= caller.now()) throw new Conflict("the invitation has expired");
  return found;
}

function readPlatform(caller: Caller, url: string): Promise<PlatformConfiguration> {
  const allowHttp = caller.settings.allowPrivateNetwork;
  return fetchPlatformConfiguration(url, caller.engine.lti, { allowHttp, mayIssueFrom });
}

async function store(
  caller: Caller,
  invitation: invitations.Invitation,
  registered: Registered,
): Promise<Omit<RegistrationDone, "origins">> {
  const fields = fieldsOf(invitation, registered);
  return transaction(caller.db, async (tx) => {
    const known = await lockRegistrationOfClient(tx, fields);
    const { id } =
      known ?? (await insertPendingRegistration(tx, fields, registered.tool.deploymentId));
    const refreshed = known && (await refresh(tx, known, registered, fields));
    await invitations.linkInvitation(tx, invitation.id, id);
    const { issuer, clientId } = fields;
    await audit(tx, caller, {
      action: known ? "registration.refresh" : "registration.register",
      object: "registration",
      objectId: id,
      detail: {
        invitation: invitation.name,
        issuer,
        clientId,
        ...(refreshed && { changes: refreshed.changes }),
      },
    });
    await notify(tx, { registrationId: id });
    return {
      name: known?.name ?? invitation.name,
      isRefreshed: known !== null,
      isPending: refreshed?.state !== "active",
    };
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    throw new Conflict("a registration with this issuer and client ID exists");
  });
}

function fieldsOf(
  invitation: invitations.Invitation,
  { platform, tool }: Registered,
): RegisteredFields {
  const family = platformOfFamily(platform.family);
  const { issuer, tokenEndpoint, authorizationEndpoint, jwksUrl, authorizationServer } = platform;
  return {
    name: invitation.name,
    issuer,
    clientId: tool.clientId,
    tokenEndpoint,
    authorizationEndpoint,
    jwksUrl,
    // Security Framework 1.0 §4.1.1: the platform says whom assertions are for.
    audience: authorizationServer ? "custom" : "token_endpoint",
    audienceValues: authorizationServer ? [authorizationServer] : [],
    profile: family === "other" ? invitation.profile : family,
    registeredScopes: tool.grantedScopes,
    platformFacts: {
      family: platform.family ?? null,
      version: platform.version ?? null,
      messageTypes: platform.messageTypes,
      noticeTypes: platform.noticeTypes,
      scopesSupported: platform.scopes,
    },
  };
}

/** Where the window to close may belong; the message goes to each of them and to nobody else. */
function originsOf(platform: PlatformConfiguration, configurationUrl: string): string[] {
  const { issuer, authorizationEndpoint, registrationEndpoint } = platform;
  const addresses = [configurationUrl, issuer, authorizationEndpoint, registrationEndpoint];
  return [...new Set(addresses.map((address) => new URL(address).origin))];
}

async function keepingProblems<Value>(
  caller: Caller,
  invitationId: string,
  read: () => Promise<Value>,
): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (isCodedError(error)) {
      await invitations.noteProblem(caller.db, invitationId, problemOf(error));
    }
    throw error;
  }
}

function problemOf(error: CodedError) {
  const shown = ["status", "excerpt", "spec", "check", "reason"];
  const facts = Object.entries(error).filter(([name]) => shown.includes(name));
  const detail = JSON.parse(JSON.stringify(Object.fromEntries(facts))) as Record<string, string>;
  return { code: error.code, message: error.message, detail };
}
