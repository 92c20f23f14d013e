import { CodedError } from "../../errors.ts";

const CHECKS = {
  configuration_url: "Dynamic Registration 1.0 §3.3",
  configuration: "Dynamic Registration 1.0 §3.4",
  issuer: "Dynamic Registration 1.0 §3.5.1",
  endpoint: "Dynamic Registration 1.0 §3.4",
  authentication_method: "Dynamic Registration 1.0 §3.5.2",
  algorithm: "Dynamic Registration 1.0 §3.5.2",
  response_type: "Dynamic Registration 1.0 §3.5.2",
  message_type: "Dynamic Registration 1.0 §3.5.3",
  reply: "Dynamic Registration 1.0 §3.6",
} as const;

export type RegistrationCheck = keyof typeof CHECKS;

/** A platform that cannot be registered with; `check` and `spec` say which and why it must. */
export class DynamicRegistrationRefused extends CodedError {
  readonly code = "lti.dynamic_registration_refused" as const;
  readonly spec: string;

  constructor(
    readonly check: RegistrationCheck,
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(`the registration was refused: ${reason}`, options);
    this.spec = CHECKS[check];
  }
}
