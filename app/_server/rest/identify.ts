import type { Actor } from "#lib/auth/actor.ts";
import { authenticateApiKey } from "#lib/operations/operators/api-keys.ts";
import { NotSignedIn } from "#lib/operations/errors.ts";
import type { Runtime } from "#lib/runtime.ts";
import { clientAddress } from "../client-address.ts";
import { CrossSiteRefused } from "./errors.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Who asks: an API key where one is given, else the operator of the session cookie.
 *
 * @throws NotSignedIn       neither, or one that is no longer good
 * @throws CrossSiteRefused  the cookie came with another site's request
 */
export async function identify(request: Request, runtime: Runtime): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return apiKeyActor(request, authorization, runtime);
  const signedIn = await runtime.signIn.operatorOf(request.headers);
  if (!signedIn) throw new NotSignedIn("send an API key as bearer token, or sign in");
  if (!SAFE.has(request.method) && !isSameOrigin(request, runtime.settings.publicUrl)) {
    throw new CrossSiteRefused();
  }
  return signedIn.operator;
}

async function apiKeyActor(
  { headers }: Request,
  authorization: string,
  { db }: Runtime,
): Promise<Actor> {
  const [scheme = "", key = "", ...more] = authorization.trim().split(/\s+/);
  const isBearer = scheme.toLowerCase() === "bearer" && more.length === 0;
  const use = { address: clientAddress(headers), now: new Date() };
  const actor = isBearer ? await authenticateApiKey(db, key, use) : null;
  if (!actor) throw new NotSignedIn("this API key is unknown, revoked or expired");
  return actor;
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
