import { CodedError } from "../../errors.ts";

/** What is checked of a login, a launch or a notice, with the section that asks for it. */
const CHECKS = {
  request_size: "Security Framework 1.0 §5.1.1",
  iss: "Security Framework 1.0 §5.1.1.1",
  login_hint: "Security Framework 1.0 §5.1.1.1",
  login_target_link_uri: "Security Framework 1.0 §5.1.1.1",
  client_id: "LTI Core 1.3 §4.1.3",
  registration: "Security Framework 1.0 §5.1.1.1",
  registration_state: "Dynamic Registration 1.0 §3.6",
  platform_error: "Security Framework 1.0 §5.1.1.5",
  state_missing: "Security Framework 1.0 §5.1.1.3",
  state_unknown: "Security Framework 1.0 §5.1.1.3",
  state_used: "Security Framework 1.0 §5.1.1.3",
  state_expired: "Security Framework 1.0 §5.1.1.3",
  state_browser: "Security Framework 1.0 §7.3.1",
  id_token_missing: "Security Framework 1.0 §5.1.1.3",
  id_token_malformed: "Security Framework 1.0 §5.1.2",
  id_token_size: "Security Framework 1.0 §5.1.2",
  alg: "Security Framework 1.0 §5.1.3",
  kid: "Security Framework 1.0 §6.3",
  key: "Security Framework 1.0 §6.3",
  signature: "Security Framework 1.0 §5.1.3",
  issuer: "Security Framework 1.0 §5.1.3",
  audience: "Security Framework 1.0 §5.1.3",
  azp: "Security Framework 1.0 §5.1.3",
  exp: "Security Framework 1.0 §5.1.3",
  iat: "Security Framework 1.0 §5.1.3",
  nbf: "RFC 7519 §4.1.5",
  nonce: "Security Framework 1.0 §5.1.3",
  message_type: "LTI Core 1.3 §5.3.1",
  version: "LTI Core 1.3 §5.3.2",
  deployment_id: "LTI Core 1.3 §5.3.3",
  deployment_declined: "LTI Core 1.3 §3.1.3",
  target_link_uri: "LTI Core 1.3 §5.3.4",
  resource_link: "LTI Core 1.3 §5.3.5",
  sub: "LTI Core 1.3 §5.3.6",
  roles: "LTI Core 1.3 §5.3.7",
  context: "LTI Core 1.3 §5.4.1",
  memberships_claim: "NRPS 2.0 §3.6.1",
  grades_claim: "AGS 2.0 §3.1",
  groups_claim: "Course Groups Service 1.0 §3.1",
  deep_linking_settings: "Deep Linking 2.0 §4.4.1",
  notice: "Platform Notification Service 1.0 §3.5",
} as const;

export type LaunchCheck = keyof typeof CHECKS;

/** A login, a launch or a notice that did not pass; `check` and `spec` say which and why it must. */
export class LaunchRefused extends CodedError {
  readonly code = "lti.launch_refused" as const;
  readonly spec: string;

  constructor(
    readonly check: LaunchCheck,
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(`the launch was refused: ${reason}`, options);
    this.spec = CHECKS[check];
  }
}
