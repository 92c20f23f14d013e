/** What the programs beside this file have in common: a tool, as its platform knows it. */
import { readFile } from "node:fs/promises";
import {
  createPlatformFetch,
  createRegistration,
  importSigningKey,
  type Endpoints,
} from "rollbook/lti";

type Settings = {
  issuer: string;
  clientId: string;
  tokenEndpoint: string;
  privateJwk: Parameters<typeof importSigningKey>[0];
  /** True only for a platform on a private network. */
  isPrivateNetwork: boolean;
  /** As the launches announced them, kept with their scopes. */
  courses: { title: string; endpoints: Endpoints }[];
};

const file = process.env.TOOL_SETTINGS ?? "tool.json";
const settings = JSON.parse(await readFile(file, "utf8")) as Settings;

export const { courses } = settings;

export const registration = createRegistration({
  issuer: settings.issuer,
  clientId: settings.clientId,
  tokenEndpoint: settings.tokenEndpoint,
  signingKey: await importSigningKey(settings.privateJwk),
  allowHttp: settings.isPrivateNetwork,
});

/** One for the whole process; `options.fetch.close()` ends it. */
export const options = {
  fetch: createPlatformFetch({ allowPrivateNetwork: settings.isPrivateNetwork }),
};
