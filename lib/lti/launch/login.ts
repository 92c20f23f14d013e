import { parseServiceUrl } from "../values/service-url.ts";
import { LaunchRefused, type LaunchCheck } from "./launch-refused.ts";

/** What a platform asks with when it starts a login at the tool. */
export type LoginRequest = {
  issuer: string;
  loginHint: string;
  targetLinkUri: string;
  /** Given back to the platform to the letter. */
  messageHint?: string;
  clientId?: string;
  deploymentId?: string;
  /** The frame that keeps data for tools whose cookies are blocked. */
  storageTarget?: string;
};

/** Hints are signed tokens on some platforms, thousands of characters long. */
const LONGEST_PARAMETER = 8_000;

/**
 * Reads a third-party initiated login; unknown parameters are left alone.
 *
 * @throws LaunchRefused  a parameter is missing, given twice, or absurdly long
 * @see Security Framework 1.0 §5.1.1.1
 * @see LTI Core 1.3 §4.1
 */
export function parseLogin(parameters: URLSearchParams): LoginRequest {
  const required = (name: string, check: LaunchCheck) => {
    const value = single(parameters, name, check);
    if (value === undefined) throw new LaunchRefused(check, `the login names no ${name}`);
    return value;
  };
  const optional = (name: string, check: LaunchCheck = "request_size") =>
    single(parameters, name, check);
  const request = {
    issuer: required("iss", "iss"),
    loginHint: required("login_hint", "login_hint"),
    targetLinkUri: required("target_link_uri", "login_target_link_uri"),
    messageHint: optional("lti_message_hint"),
    clientId: optional("client_id", "client_id"),
    deploymentId: optional("lti_deployment_id"),
    storageTarget: optional("lti_storage_target"),
  };
  if (!parseServiceUrl(request.targetLinkUri)) {
    throw new LaunchRefused("login_target_link_uri", "target_link_uri is not a web address");
  }
  return request;
}

function single(parameters: URLSearchParams, name: string, check: LaunchCheck): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) throw new LaunchRefused(check, `${name} is given more than once`);
  const [value] = values;
  if (value !== undefined && value.length > LONGEST_PARAMETER) {
    throw new LaunchRefused(
      "request_size",
      `${name} is longer than ${LONGEST_PARAMETER} characters`,
    );
  }
  return value === "" ? undefined : value;
}

/**
 * The address at the platform that the browser is sent to, to come back with a signed launch.
 *
 * @see Security Framework 1.0 §5.1.1.2
 */
export function authenticationUrl(request: {
  authorizationEndpoint: string;
  clientId: string;
  redirectUri: string;
  login: Pick<LoginRequest, "loginHint" | "messageHint">;
  state: string;
  nonce: string;
}): string {
  const { login, authorizationEndpoint } = request;
  const url = new URL(authorizationEndpoint);
  const parameters = {
    scope: "openid",
    response_type: "id_token",
    response_mode: "form_post",
    prompt: "none",
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    login_hint: login.loginHint,
    state: request.state,
    nonce: request.nonce,
    ...(login.messageHint !== undefined && { lti_message_hint: login.messageHint }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
