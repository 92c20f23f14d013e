import {
  commands,
  type CommandAnswer,
  type CommandInput,
  type CommandName,
} from "./control/commands.ts";

type Calls = {
  [Name in CommandName]: (
    ...input: Record<string, never> extends CommandInput<Name>
      ? [input?: CommandInput<Name>]
      : [input: CommandInput<Name>]
  ) => Promise<CommandAnswer<Name>>;
};

/** A running platform, as tests, demo and benchmark hold it. */
export type PlatformClient = Calls & {
  url: string;
  issuer: string;
  tokenEndpoint: string;
  jwksUrl: string;
  authorizationEndpoint: string;
  stop: () => Promise<void>;
};

type Site = { url: string; issuer: string; stop: () => Promise<void> };

export function createClient({ url, issuer, stop }: Site): PlatformClient {
  const calls = Object.fromEntries(
    Object.keys(commands).map((name) => [name, (input: unknown = {}) => call(url, name, input)]),
  ) as Calls;
  return {
    ...calls,
    url,
    issuer,
    tokenEndpoint: `${url}/token`,
    jwksUrl: `${url}/jwks`,
    authorizationEndpoint: `${url}/authorize`,
    stop,
  };
}

async function call(url: string, name: string, input: unknown): Promise<unknown> {
  const response = await fetch(`${url}/_control/${name}`, {
    method: "POST",
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`platform simulator: ${name}: ${await response.text()}`);
  return response.json();
}
