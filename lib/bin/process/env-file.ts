import { existsSync } from "node:fs";

const file = ".env";

/** Settings from an .env file in the working folder; what the environment has already stays. */
export function loadEnvFile(): void {
  if (existsSync(file)) process.loadEnvFile(file);
}
