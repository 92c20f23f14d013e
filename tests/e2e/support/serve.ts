import { mkdir, rm } from "node:fs/promises";
import { SITE } from "./site.ts";

// As `npm start` does it, on a folder that no earlier run has left anything in.
await rm(SITE.dataDir, { recursive: true, force: true });
await mkdir(SITE.dataDir, { recursive: true, mode: 0o711 });
await import("#lib/bin/start.ts");
