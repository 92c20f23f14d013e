import { randomBytes } from "node:crypto";
import { cloneTemplate, dropDatabase } from "#tests/support/database-template.ts";
import type { BenchServer } from "../support/stage.ts";

/** An empty database for the copy that a consumer keeps. */
export async function createCopyDatabase({ url: serverUrl }: BenchServer) {
  const name = `rollbook_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const url = await cloneTemplate({ serverUrl, template: "template0", name });
  return { url, drop: () => dropDatabase(serverUrl, name) };
}
