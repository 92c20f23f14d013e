import { CsvError, parse } from "csv-parse/sync";
import { InvalidInput } from "../../errors.ts";
import type { ImportFormat } from "./schema.ts";

/** One platform of a file, as far as it says; each value still to be checked. */
export type ReadPlatform = {
  place: string;
  name?: string;
  issuer?: string;
  clientId?: string;
  tokenEndpoint?: string;
  authorizationEndpoint?: string;
  jwksUrl?: string;
  /** What the client assertion is for, where that is not the token endpoint. */
  audience?: string;
  deploymentIds: string[];
  /** The file has the platform's key itself, so that no address of its keys is known. */
  holdsKey?: boolean;
};

const MOST_PLATFORMS = 500;

/**
 * Reads a file of registrations by what it looks like.
 *
 * @throws InvalidInput  it is none of the formats, or has nothing in it, or too much
 */
export function readPlatforms(text: string): { format: ImportFormat; platforms: ReadPlatform[] } {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  const read = /^[[{]/.test(trimmed) ? readJson(trimmed) : readCsv(trimmed);
  if (read.platforms.length === 0) throw refused("has no registration in it");
  if (read.platforms.length > MOST_PLATFORMS)
    throw refused(`has more than ${MOST_PLATFORMS} registrations`);
  return read;
}

type Json = Record<string, unknown>;

function readJson(text: string): ReturnType<typeof readPlatforms> {
  const value = parsed(text);
  const list = Array.isArray(value) ? value.map(objectOf) : [];
  const isOne = !Array.isArray(value) && isLtijs(objectOf(value));
  if (Array.isArray(value) || isOne) {
    const platforms = (isOne ? [objectOf(value)] : list).map(ltijs);
    return { format: "ltijs", platforms };
  }
  const platforms = Object.entries(objectOf(value)).flatMap(([issuer, given]) =>
    [given].flat().map((each, index) => pylti(issuer, objectOf(each), index)),
  );
  return { format: "pylti1p3", platforms };
}

/** A document, or one a line as `mongoexport` writes them. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line) as unknown);
    } catch {
      throw refused("begins as JSON, and is none");
    }
  }
}

const isLtijs = (json: Json) => "accesstokenEndpoint" in json || "authEndpoint" in json;

/** As its database has it, or as `registerPlatform` takes it. */
function ltijs(json: Json, index: number): ReadPlatform {
  const { method, key } = objectOf(json["authConfig"]);
  return {
    place: `entry ${index + 1}`,
    name: textOf(json["platformName"] ?? json["name"]),
    issuer: textOf(json["platformUrl"] ?? json["url"]),
    clientId: textOf(json["clientId"]),
    tokenEndpoint: textOf(json["accesstokenEndpoint"]),
    authorizationEndpoint: textOf(json["authEndpoint"] ?? json["authenticationEndpoint"]),
    // One that holds a key itself has no address to read it from.
    jwksUrl: method === "JWK_SET" ? textOf(key) : undefined,
    audience: textOf(json["authorizationServer"]),
    deploymentIds: [],
    holdsKey: method !== undefined && method !== "JWK_SET",
  };
}

function pylti(issuer: string, json: Json, index: number): ReadPlatform {
  const { deployment_ids: ids } = json;
  return {
    place: `“${issuer}” ${index + 1}`,
    issuer,
    clientId: textOf(json["client_id"]),
    tokenEndpoint: textOf(json["auth_token_url"]),
    authorizationEndpoint: textOf(json["auth_login_url"]),
    jwksUrl: textOf(json["key_set_url"]),
    audience: textOf(json["auth_audience"]),
    deploymentIds: Array.isArray(ids) ? ids.map(String) : [],
  };
}

const COLUMNS = {
  name: "name",
  issuer: "issuer",
  clientid: "clientId",
  tokenendpoint: "tokenEndpoint",
  authorizationendpoint: "authorizationEndpoint",
  jwksurl: "jwksUrl",
  audience: "audience",
  deploymentids: "deploymentIds",
} as const;

function readCsv(text: string): ReturnType<typeof readPlatforms> {
  const [header = [], ...rows] = records(text);
  const fields = header.map((cell) => {
    const key = cell.toLowerCase().replaceAll(/[^a-z]/g, "") as keyof typeof COLUMNS;
    return Object.hasOwn(COLUMNS, key) ? COLUMNS[key] : null;
  });
  if (!fields.includes("issuer") || !fields.includes("clientId")) {
    throw refused(
      `is no JSON, and its first line has no columns issuer and client_id; a CSV has ${Object.values(COLUMNS).join(", ")}`,
    );
  }
  const platforms = rows.map((cells, index) => {
    const of = (field: string) => textOf(cells[fields.indexOf(field as never)]);
    return {
      place: `line ${index + 2}`,
      name: of("name"),
      issuer: of("issuer"),
      clientId: of("clientId"),
      tokenEndpoint: of("tokenEndpoint"),
      authorizationEndpoint: of("authorizationEndpoint"),
      jwksUrl: of("jwksUrl"),
      audience: of("audience"),
      deploymentIds: (of("deploymentIds") ?? "").split(/[\s;]+/).filter(Boolean),
    };
  });
  return { format: "csv", platforms };
}

function records(text: string): string[][] {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: true }) as string[][];
  } catch (error) {
    if (error instanceof CsvError) throw refused(`is no CSV: ${error.message}`);
    throw error;
  }
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function refused(message: string): InvalidInput {
  return new InvalidInput({ text: [message] });
}
