import { getRuntime } from "#lib/runtime.ts";

/** How to sign in to a demo; null in an installation with data of its own. */
export async function demoCredentials(): Promise<{ email: string; password: string } | null> {
  const { env } = await getRuntime();
  return env.isDemo ? (env.admin ?? null) : null;
}
