import { afterAll, beforeAll } from "vitest";
import type { Caller } from "#lib/operations/caller.ts";
import { startInstallation, type Installation } from "./installation.ts";
import { startPlatform, type PlatformClient, type PlatformOptions } from "./platform/index.ts";
import { operatorOf } from "./rosters.ts";

/** What the tests of a file share. All of it is there once their hooks have begun. */
export type UsedInstallation = {
  installation: Installation;
  /** A process of its own beside it. */
  platform: PlatformClient;
  /** Who acts on the installation, and may do everything. */
  operator: Caller;
};

/**
 * An installation on a database of its own, with its engine, and a platform: started before the
 * tests of the file that calls this, and stopped after them.
 */
export function useInstallation(
  given: Parameters<typeof startInstallation>[0] & { platform?: PlatformOptions } = {},
): UsedInstallation {
  const { platform: platformOptions, ...options } = given;
  const installation = {} as Installation;
  const platform = {} as PlatformClient;
  const operator = {} as Caller;
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    Object.assign(platform, await startPlatform(platformOptions));
    stops.unshift(() => platform.stop());
    Object.assign(installation, await startInstallation(options));
    stops.unshift(() => installation.stop());
    Object.assign(operator, operatorOf(installation));
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  return { installation, platform, operator };
}
