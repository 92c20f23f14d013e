import { parseArgs } from "node:util";
import type { PlatformOptions } from "./options.ts";
import { createPlatform } from "./server.ts";
import { issuerOf } from "./state.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    /** All other options, as JSON. */
    options: { type: "string", default: "{}" },
  },
});

const options = JSON.parse(values.options) as PlatformOptions;
const platform = await createPlatform({
  ...options,
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
});
const url = await platform.listen();
console.log(JSON.stringify({ url, issuer: issuerOf(platform.state) }));

// A simulator whose parent is gone would hold its port for ever.
process.on("disconnect", () => process.exit(0));
