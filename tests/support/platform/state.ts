import { Counters } from "./counters.ts";
import type { Course } from "./course.ts";
import type { RegistrationInput } from "./control/schemas.ts";
import { Faults } from "./faults/faults.ts";
import type { LaunchPlan } from "./launch/launch-plan.ts";
import type { PlatformKey } from "./oauth/platform-key.ts";
import { Tokens } from "./oauth/tokens.ts";
import { ToolKeys } from "./oauth/tool-keys.ts";
import type { ResolvedOptions } from "./options.ts";
import { RequestLog } from "./request-log.ts";
import { People } from "./roster/people.ts";

export type PlatformRegistration = RegistrationInput & { clientId: string };

export type NoticeHandler = {
  clientId: string;
  deploymentId: string;
  type: string;
  handler: string;
};

export type PlatformState = {
  options: ResolvedOptions;
  /** Known once the server listens. */
  url: string;
  people: People;
  key: PlatformKey;
  registrations: Map<string, PlatformRegistration>;
  courses: Map<string, Course>;
  tokens: Tokens;
  toolKeys: ToolKeys;
  hostedJwks: Map<string, unknown>;
  /** Client ID and jti of every assertion taken. */
  usedAssertions: Set<string>;
  /** Launches that were started, by login hint. */
  launches: Map<string, LaunchPlan>;
  /** Each with the client ID that it updates, if it does. */
  registrationTokens: Map<string, string | undefined>;
  /** Registrations that may come without a token. */
  openRegistrations: number;
  noticeHandlers: NoticeHandler[];
  /** What deep linking brought back. */
  contentItems: unknown[];
  faults: Faults;
  counters: Counters;
  log: RequestLog;
};

export function createState(options: ResolvedOptions, key: PlatformKey): PlatformState {
  return {
    options,
    url: "",
    people: new People(options.seed),
    key,
    registrations: new Map(),
    courses: new Map(),
    tokens: new Tokens(),
    toolKeys: new ToolKeys(),
    hostedJwks: new Map(),
    usedAssertions: new Set(),
    launches: new Map(),
    registrationTokens: new Map(),
    openRegistrations: 0,
    noticeHandlers: [],
    contentItems: [],
    faults: new Faults(),
    counters: new Counters(),
    log: new RequestLog(options.logSize),
  };
}

export function clearState(state: PlatformState): void {
  const { registrations, courses, tokens, toolKeys, hostedJwks, usedAssertions } = state;
  for (const part of [registrations, courses, tokens, toolKeys, hostedJwks, usedAssertions]) {
    part.clear();
  }
  state.launches.clear();
  state.registrationTokens.clear();
  state.openRegistrations = 0;
  state.noticeHandlers = [];
  state.contentItems = [];
  for (const part of [state.faults, state.counters, state.log]) part.clear();
}

export function issuerOf(state: PlatformState): string {
  return state.options.issuer ?? state.url;
}

export function tokenEndpointOf(state: PlatformState): string {
  return `${state.url}/token`;
}
