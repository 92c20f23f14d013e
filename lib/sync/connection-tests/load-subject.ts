import type { Db } from "#lib/db/client.ts";
import type { Course, Registration } from "#lib/db/generated/client.ts";
import { offering } from "#lib/db/courses/addresses.ts";
import { activeImportedKey } from "#lib/db/keys/imported-keys.ts";
import { activeSigningKey, publishedJwks } from "#lib/db/keys/signing-keys.ts";
import { createReach, type Subject } from "#lib/connection-test/index.ts";
import { contextEndpoint, GRADES_SCOPES, SCOPE, uniqueScopes } from "#lib/lti/index.ts";
import { platformWords } from "#lib/platforms/index.ts";
import { anticipatedScopes, type RegistrationLoader } from "../tokens/connect.ts";
import { RunTargetMissing } from "../errors.ts";

export type SubjectDeps = {
  db: Db;
  loadRegistration: RegistrationLoader;
  allowPrivateNetwork: boolean;
  requestToken: Subject["requestToken"];
};

/** A stored registration as a connection test examines it, with one course for each service. */
export async function loadSubject(
  deps: SubjectDeps,
  { registrationId, toolJwksUrl }: { registrationId: string; toolJwksUrl: string },
): Promise<Subject> {
  const { db } = deps;
  const stored = await db.prisma.registration.findUnique({ where: { id: registrationId } });
  if (!stored) throw new RunTargetMissing("registration", registrationId);
  const { tokenEndpoint, authorizationEndpoint, jwksUrl, clientId } = stored;
  const published = await publishedJwks(db);
  const toolKeys = await toolKeysOf(db, stored, toolJwksUrl);
  return {
    platform: stored.profile,
    words: platformWords(stored.profile),
    addresses: { tokenEndpoint, authorizationEndpoint, jwksUrl },
    clientId,
    allowHttp: deps.allowPrivateNetwork,
    toolJwksUrl: toolKeys.keySetUrl ?? toolJwksUrl,
    toolKeys,
    publishedKids: published.map(({ kid }) => String(kid)),
    scopes: await scopesOf(db, stored),
    roster: rosterOf(await newestCourse(db, registrationId, offering("memberships"))),
    lineItems: lineItemsOf(
      await newestCourse(db, registrationId, {
        lineItemsUrl: { not: null },
        scopes: { hasSome: READING },
      }),
    ),
    load: async () => (await deps.loadRegistration(registrationId)).registration,
    requestToken: deps.requestToken,
    reach: createReach({ allowPrivateNetwork: deps.allowPrivateNetwork }),
  };
}

async function toolKeysOf(
  db: Db,
  { id, signsWith, toolJwksUrl }: Registration,
  ownKeySetUrl: string,
): Promise<Subject["toolKeys"]> {
  const isImported = signsWith === "imported_key";
  const key = isImported ? await activeImportedKey(db, id) : await activeSigningKey(db);
  const { n } = (key?.publicJwk ?? {}) as { n?: string };
  const keySetUrl = signsWith === "own_key_set" ? ownKeySetUrl : toolJwksUrl;
  return { signsWith, keySetUrl, ownKeySetUrl, kid: key?.kid ?? null, modulus: n ?? null };
}

const READING = [SCOPE.lineItem, SCOPE.lineItemReadonly];

/** Few platforms have other services, and some refuse a request that names a scope they do not know. */
const BEFORE_A_COURSE = [SCOPE.memberships, ...GRADES_SCOPES];

/** Never more than the platform announced; before anything is known, those of rosters and grades. */
async function scopesOf(db: Db, stored: Registration): Promise<Subject["scopes"]> {
  const used = await anticipatedScopes(db, stored.id);
  const known = uniqueScopes([...stored.registeredScopes, ...used]);
  return { used, asked: known.length > 0 ? known : BEFORE_A_COURSE };
}

async function newestCourse(
  { prisma }: Db,
  registrationId: string,
  having: object,
): Promise<Course | null> {
  return prisma.course.findFirst({
    where: { registrationId, archivedAt: null, ...having },
    orderBy: [{ lastLaunchAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
  });
}

function rosterOf(course: Course | null): Subject["roster"] {
  const endpoints = course && contextEndpoint(course, "memberships");
  return endpoints ? { title: course.title, endpoints } : null;
}

function lineItemsOf(course: Course | null): Subject["lineItems"] {
  if (!course?.lineItemsUrl) return null;
  const scopes = course.scopes.filter((scope) => GRADES_SCOPES.includes(scope));
  return {
    title: course.title,
    endpoints: { grades: { lineItemsUrl: course.lineItemsUrl, scopes } },
  };
}
