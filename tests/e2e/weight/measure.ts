import { readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

const BUILD = ".next";

/** What a route's first load brings of JavaScript, in bytes as gzip sends them. */
export type Weight = {
  route: string;
  bytes: number;
  /** The same by what it is for: the modules of ours that ask for a chunk. */
  parts: Record<string, number>;
};

type Bundle = { route: string; firstLoadChunkPaths: string[] };
type Manifest = { clientModules: Record<string, { chunks: string[] }> };

/** Every route of the build, the heaviest first. */
export function measureRoutes(): Weight[] {
  const bundles = read<Bundle[]>("diagnostics/route-bundle-stats.json");
  const pages = read<Record<string, string>>("app-path-routes-manifest.json");
  const pageOf = new Map(
    Object.entries(pages)
      .filter(([page]) => page.endsWith("/page"))
      .map(([page, route]) => [route, page]),
  );
  return bundles
    .map(({ route, firstLoadChunkPaths }) =>
      weightOf(route, firstLoadChunkPaths, pageOf.get(route)),
    )
    .sort((a, b) => b.bytes - a.bytes);
}

function weightOf(route: string, chunks: string[], page: string | undefined): Weight {
  const users = page === undefined ? new Map<string, string[]>() : usersOf(page);
  const parts: Record<string, number> = {};
  for (const chunk of chunks) {
    const part = partName(users.get(path.basename(chunk)) ?? []);
    parts[part] = (parts[part] ?? 0) + gzipped(chunk);
  }
  return { route, parts, bytes: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}

/** By chunk, the modules of ours that ask for it. */
function usersOf(page: string): Map<string, string[]> {
  const context: { __RSC_MANIFEST: Record<string, Manifest> } = { __RSC_MANIFEST: {} };
  const source = text(`server/app${page}_client-reference-manifest.js`);
  runInNewContext(source, Object.assign(context, { globalThis: context }));
  const users = new Map<string, string[]>();
  const { clientModules = {} } = context.__RSC_MANIFEST[page] ?? {};
  for (const [module, { chunks }] of Object.entries(clientModules)) {
    const file = /^\[project\]\/((?:app|components)\/\S+)/.exec(module)?.[1];
    for (const chunk of new Set(chunks.map((url) => path.basename(url))))
      if (file) users.set(chunk, [...(users.get(chunk) ?? []), file]);
  }
  return users;
}

function partName(modules: string[]): string {
  const all = [...new Set(modules)].sort();
  // What a page shows when it fails stands beside almost everything, and tells nothing.
  const telling = all.filter((name) => !name.endsWith("error.tsx"));
  const names = telling.length > 0 ? telling : all;
  if (names.length === 0) return "React, Next and what all pages share";
  return names.length <= 2 ? names.join(", ") : `${names[0]} and ${names.length - 1} more`;
}

const sizes = new Map<string, number>();

function gzipped(chunk: string): number {
  const known = sizes.get(chunk);
  if (known !== undefined) return known;
  const size = gzipSync(readFileSync(chunk)).length;
  sizes.set(chunk, size);
  return size;
}

function text(file: string): string {
  return readFileSync(path.join(BUILD, file), "utf8");
}

function read<Data>(file: string): Data {
  return JSON.parse(text(file)) as Data;
}
