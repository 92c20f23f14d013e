import { writeFileSync } from "node:fs";
import { CLIENT_TYPES, clientTypes } from "./written.ts";

writeFileSync(CLIENT_TYPES, await clientTypes());
