/** Many workers, each a process of its own, that share one token. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { authenticate, Connection, listMemberships } from "rollbook/lti";
import { createFileTokenStore } from "./file-token-store.ts";
import { courses, options, registration } from "./tool.ts";

const WORKERS = 4;
const number = process.argv[2];

if (number === undefined) {
  const self = fileURLToPath(import.meta.url);
  const workers = Array.from({ length: WORKERS }, (_, index) => fork(self, [String(index)]));
  const codes = await Promise.all(workers.map(async (worker) => (await once(worker, "exit"))[0]));
  console.log(`${codes.filter((code) => code === 0).length} of ${WORKERS} workers are done`);
} else {
  const tokenStore = await createFileTokenStore(process.env.TOKEN_FOLDER ?? ".tokens");
  const mine = courses.filter((_, index) => index % WORKERS === Number(number));
  for (const { title, endpoints } of mine) {
    const { memberships } = endpoints;
    // The first to come asks for a token; the others find it, whichever process they are.
    const client = await authenticate(registration, { memberships }, { ...options, tokenStore });
    const roster = await new Connection(client).call((one) => listMemberships(one));
    console.log(`${title}: ${roster.memberships.length} members`);
  }
}
await options.fetch.close();
