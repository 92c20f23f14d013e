import { createDb } from "#lib/db/client.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { startInstallation } from "./installation.ts";
import { callerOf } from "./launching.ts";

/** A process that asks for one line item many times at once, and prints which ones it was given. */
const [url = "", courseId = "", times = "1"] = process.argv.slice(2);
const db = createDb({ url, maxConnections: 5 });
const installation = await startInstallation({
  isWorker: false,
  database: { db, url, drop: () => db.close() },
});
const caller = callerOf(installation);
const wanted = { courseId, label: "Quiz 1", scoreMaximum: 10, resourceId: "quiz-1" };
const given = await Promise.all(
  Array.from({ length: Number(times) }, () => addLineItem(caller, wanted)),
);
await installation.stop();
process.stdout.write(JSON.stringify(given.map(({ id, wasCreated }) => ({ id, wasCreated }))));
