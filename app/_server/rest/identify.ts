import type { Actor } from "#lib/auth/actor.ts";
import { apiKeyPrefix, looksLikeApiKey } from "#lib/auth/secrets/api-key.ts";
import { authenticateApiKey } from "#lib/operations/operators/api-keys.ts";
import type { RequestOrigin } from "#lib/operations/caller.ts";
import { NotSignedIn } from "#lib/operations/errors.ts";
import type { Runtime } from "#lib/runtime.ts";
import { CrossSiteRefused } from "./errors.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Who asks: an API key where one is given, else the operator of the session cookie.
 *
 * @throws NotSignedIn       neither, or one that is no longer good
 * @throws CrossSiteRefused  the cookie came with another site's request
 */
export async function identify(
  request: Request,
  runtime: Runtime,
  origin: RequestOrigin,
): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return apiKeyActor(authorization, runtime, origin);
  const isUse = !SAFE.has(request.method);
  const operator = await runtime.signIn.operatorOf(request.headers, { isUse });
  if (!operator) throw new NotSignedIn("send an API key as bearer token, or sign in");
  if (isUse && !isSameOrigin(request, runtime.settings.publicUrl)) throw new CrossSiteRefused();
  return operator;
}

async function apiKeyActor(
  authorization: string,
  { db, security }: Runtime,
  origin: RequestOrigin,
): Promise<Actor> {
  const [scheme = "", key = "", ...more] = authorization.trim().split(/\s+/);
  const isBearer = scheme.toLowerCase() === "bearer" && more.length === 0;
  const use = { address: origin.address, now: new Date() };
  const actor = isBearer ? await authenticateApiKey(db, key, use) : null;
  if (actor) return actor;
  const prefix = isBearer && looksLikeApiKey(key) ? apiKeyPrefix(key) : null;
  await security.count(origin, {
    action: "api_key.refused",
    object: "api_key",
    objectId: null,
    ...(prefix !== null && { detail: { prefix } }),
  });
  throw new NotSignedIn("this API key is unknown, revoked or expired");
}

/** As the browser says; one that says nothing is not trusted with a cookie. */
function isSameOrigin({ headers }: Request, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  const { host, origin: canonical } = new URL(origin);
  // A page cannot choose the Host that its requests go out with.
  return canonical === new URL(publicUrl).origin || host === headers.get("host");
}
