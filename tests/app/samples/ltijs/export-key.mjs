// The tool's private key and its kid, as Rollbook imports them: node export-key.mjs
import { lti, registerPlatform } from "./lti.mjs";

await lti.deploy({ serverless: true, silent: true });
const platform = await registerPlatform();
const [key, kid] = [await platform.platformPrivateKey(), await platform.platformKid()];
console.log(JSON.stringify({ key, kid }));
process.exit();
