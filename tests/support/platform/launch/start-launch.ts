import { randomUUID } from "node:crypto";
import { issuerOf, type PlatformState } from "#tests/support/platform/state.ts";
import type { LaunchPlan } from "./launch-plan.ts";

/** What a browser sends to the tool to start a login (Security Framework §5.1.1.1). */
export type LoginForm = {
  method: "GET" | "POST";
  loginUrl: string;
  parameters: Record<string, string>;
};

export function startLaunch(state: PlatformState, plan: LaunchPlan): LoginForm & { url: string } {
  const registration = state.registrations.get(plan.clientId);
  if (!registration) throw new Error(`no registration ${plan.clientId}`);
  const { loginUrl, launchUrl } = registration;
  if (!loginUrl || !launchUrl) throw new Error("the registration has no loginUrl and launchUrl");
  if (plan.contextId && !state.courses.has(plan.contextId)) throw new Error("no such course");
  const hint = randomUUID();
  state.launches.set(hint, plan);
  return { ...loginForm(state, hint, plan), url: `${state.url}/launch?plan=${hint}` };
}

export function loginForm(state: PlatformState, hint: string, plan: LaunchPlan): LoginForm {
  const { loginUrl = "", launchUrl = "" } = state.registrations.get(plan.clientId) ?? {};
  return {
    method: plan.method,
    loginUrl,
    parameters: {
      iss: issuerOf(state),
      client_id: plan.clientId,
      login_hint: hint,
      target_link_uri: launchUrl,
      // Tools must hand it back to the letter, whatever is in it.
      lti_message_hint: `hint=${hint}&mark=ä+%2B`,
      lti_deployment_id: deploymentOf(state, plan),
      ...(plan.storage && { lti_storage_target: "_parent" }),
    },
  };
}

export function deploymentOf(state: PlatformState, plan: LaunchPlan): string {
  const course = plan.contextId === undefined ? undefined : state.courses.get(plan.contextId);
  return plan.deploymentId ?? course?.input.deploymentId ?? "1";
}
