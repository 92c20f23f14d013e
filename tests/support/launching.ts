import { SignJWT, type JWTPayload } from "jose";
import type { Registration } from "#lib/db/generated/client.ts";
import { generateSigningKey, importSigningKey } from "#lib/lti/index.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { beginLogin, completeLaunch, type LaunchOutcome } from "#lib/operations/launches/index.ts";
import type { Installation } from "./installation.ts";
import type { PlatformClient } from "./platform/index.ts";

export const PUBLIC_URL = "https://rollbook.example.edu";
export const ISSUER = "https://lms.example.edu";

const CLAIM = "https://purl.imsglobal.org/spec/lti/claim/";
export const claim = (name: string) => `${CLAIM}${name}`;
export const INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";

/** One for all tests, as making one takes a quarter of a second. */
const generated = await generateSigningKey();
export const platformKey = {
  ...generated,
  privateKey: (await importSigningKey(generated.privateJwk)).privateKey,
};

/** A platform that only signs: its key set is real, its launches are made here, good or bad. */
export type LaunchStage = {
  caller: Caller;
  registration: Registration;
  now: { at: Date };
  /** A login at the tool, as the browser would carry it on. */
  login: (changes?: Record<string, string | null>) => Promise<StartedLogin>;
  token: (login: StartedLogin, changes?: TokenChanges) => Promise<string>;
  launch: (login: StartedLogin, idToken: string) => Promise<LaunchOutcome>;
};

export type StartedLogin = { state: string; nonce: string };
export type TokenChanges = {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: CryptoKey | Uint8Array;
};

export async function startLaunchStage(
  installation: Installation,
  platform: PlatformClient,
): Promise<LaunchStage> {
  const name = crypto.randomUUID();
  const { jwksUrl } = await platform.hostToolJwks({
    name,
    jwks: { keys: [platformKey.publicJwk] },
  });
  const registration = await installation.db.prisma.registration.create({
    data: {
      name: "State University",
      issuer: ISSUER,
      clientId: name,
      tokenEndpoint: `${ISSUER}/token`,
      authorizationEndpoint: `${ISSUER}/authorize`,
      jwksUrl,
      deployments: { create: { deploymentId: "1" } },
    },
  });
  const now = { at: new Date() };
  const caller = callerOf(installation, () => now.at);
  return {
    caller,
    registration,
    now,
    login: (changes = {}) => startLogin(caller, registration, changes),
    token: (login, changes = {}) => signToken(registration, login, now.at, changes),
    launch: ({ state }, idToken) =>
      completeLaunch(caller, {
        form: new URLSearchParams({ state, id_token: idToken }),
        keptState: state,
      }),
  };
}

export function callerOf({ db, engine }: Installation, now = () => new Date()): Caller {
  return {
    actor: { kind: "system", id: "system", name: "Rollbook" },
    db,
    engine,
    now,
    settings: {
      publicUrl: PUBLIC_URL,
      allowPrivateNetwork: true,
      isDemo: false,
      isDatabaseEmbedded: true,
    },
  };
}

export function loginParameters(
  registration: Pick<Registration, "issuer" | "clientId">,
  changes: Record<string, string | null> = {},
): URLSearchParams {
  const parameters = new URLSearchParams({
    iss: registration.issuer,
    client_id: registration.clientId,
    login_hint: "user-7",
    target_link_uri: `${PUBLIC_URL}/lti/launch`,
    lti_message_hint: "a=1&b=ä ü",
    lti_deployment_id: "1",
  });
  for (const [parameter, value] of Object.entries(changes)) {
    if (value === null) parameters.delete(parameter);
    else parameters.set(parameter, value);
  }
  return parameters;
}

async function startLogin(
  caller: Caller,
  registration: Registration,
  changes: Record<string, string | null>,
): Promise<StartedLogin> {
  const login = await beginLogin(caller, loginParameters(registration, changes));
  const nonce = new URL(login.authenticationUrl).searchParams.get("nonce");
  return { state: login.state, nonce: nonce ?? "" };
}

function signToken(
  registration: Registration,
  { nonce }: StartedLogin,
  now: Date,
  { claims = {}, header = {}, key = platformKey.privateKey }: TokenChanges,
): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000);
  const all = { ...goodClaims(registration, nonce, iat), ...claims };
  const kept = Object.entries(all).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(kept) as JWTPayload)
    .setProtectedHeader({ alg: "RS256", kid: platformKey.kid, ...header } as { alg: string })
    .sign(key);
}

function goodClaims(registration: Registration, nonce: string, iat: number) {
  const course = `${ISSUER}/courses/1`;
  return {
    iss: registration.issuer,
    aud: registration.clientId,
    sub: "user-7",
    name: "Grace Hopper",
    iat,
    exp: iat + 300,
    nonce,
    [claim("message_type")]: "LtiResourceLinkRequest",
    [claim("version")]: "1.3.0",
    [claim("deployment_id")]: "1",
    [claim("target_link_uri")]: `${PUBLIC_URL}/lti/launch`,
    [claim("resource_link")]: { id: "link-1", title: "Essay" },
    [claim("roles")]: [INSTRUCTOR],
    [claim("context")]: { id: "course-1", title: "Biology", label: "BIO-1" },
    "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
      context_memberships_url: `${course}/memberships`,
      service_versions: ["2.0"],
    },
    "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
      scope: ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
      lineitems: `${course}/line_items`,
    },
  };
}
