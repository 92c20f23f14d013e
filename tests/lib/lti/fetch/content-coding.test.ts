import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { listMemberships, postScore } from "#lib/lti/index.ts";
import { decodedBody } from "#lib/lti/fetch/content-coding.ts";
import { scoreFor } from "#tests/support/service-stage.ts";
import { testClient } from "../support/clients.ts";
import { scriptedPlatform } from "../support/scripted-platform.ts";
import type { ScriptedPlatform } from "../support/scripted-platform.ts";

let platform: ScriptedPlatform | undefined;
afterEach(async () => {
  await platform?.close();
  platform = undefined;
});

const headers = { "content-encoding": "gzip" };

async function* inChunks(...chunks: Uint8Array[]) {
  yield* chunks;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test("a score is taken though its empty answer calls itself compressed", async () => {
  platform = await scriptedPlatform(() => ({ headers }));
  const client = testClient(platform.url, platform.options);
  expect(await postScore(client, scoreFor("u"))).toMatchObject({ status: 200 });
});

test("a body that is not compressed is read, whatever its header says", async () => {
  platform = await scriptedPlatform(() => ({ headers, body: { members: [] } }));
  const roster = await listMemberships(testClient(platform.url, platform.options));
  expect(roster.complete).toBe(true);
});

test.each([{}, headers])(
  "a redirect with a body gives its connection back (%j)",
  async (coding) => {
    platform = await scriptedPlatform(({ url }) =>
      url.pathname === "/moved"
        ? { body: { members: [] } }
        : { status: 307, headers: { ...coding, location: "/moved" }, body: "x".repeat(200_000) },
    );
    const client = testClient(platform.url, platform.options);
    // More often than there are connections to one origin.
    for (let turn = 0; turn < 20; turn++) await listMemberships(client);
    expect(platform.requests).toHaveLength(40);
  },
);

test.each([1, 2, 7, 1_000])("a body in chunks of %d bytes is read whole", async (size) => {
  const text = "a roster of ünïcode ".repeat(50);
  const bytes = gzipSync(text);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  expect(await textOf(decodedBody(inChunks(...chunks), "gzip"))).toBe(text);
  expect(await textOf(decodedBody(inChunks(...chunks), " X-GZip "))).toBe(text);
});

test("a body that ends early is an error, not a shorter body", async () => {
  const bytes = gzipSync("text ".repeat(1_000));
  const cut = decodedBody(inChunks(bytes.subarray(0, bytes.length - 9)), "gzip");
  await expect(textOf(cut)).rejects.toThrow();
});
