import { isCodedError } from "#lib/errors.ts";
import type { Asker, Caller } from "../../caller.ts";
import { Conflict, InvalidInput } from "../../errors.ts";
import { permit } from "../../permit.ts";
import { validated } from "../../validated.ts";
import { createRegistration } from "../registrations.ts";
import { RegistrationInput } from "../schema.ts";
import { type ReadPlatform, readPlatforms } from "./formats.ts";
import { differencesTo, registrationNamed } from "./differences.ts";
import { ImportInput, type ImportResult, type ImportRow } from "./schema.ts";

/** Reads a file of another tool's registrations and says what would become of each. */
export async function previewImport(asker: Asker, input: ImportInput): Promise<ImportResult> {
  const caller = await permit(asker, "registrations:write", "everywhere");
  return each(input, (platform, seen) => judged(caller, platform, seen));
}

/**
 * Adds what a file has and is not known, each by itself: one that is refused keeps none from being
 * added. What is known is not changed, so that a file may be imported again.
 */
export async function importRegistrations(asker: Asker, input: ImportInput): Promise<ImportResult> {
  const caller = await permit(asker, "registrations:write", "everywhere");
  return each(input, async (platform, seen) => {
    const row = await judged(caller, platform, seen);
    return row.becomes === "added" ? added(caller, platform, row) : row;
  });
}

async function each(
  input: ImportInput,
  act: (platform: ReadPlatform, seen: Set<string>) => Promise<ImportRow>,
): Promise<ImportResult> {
  const { format, platforms } = readPlatforms(validated(ImportInput, input).text);
  const seen = new Set<string>();
  const rows: ImportRow[] = [];
  for (const platform of platforms) rows.push(await act(platform, seen));
  const count = (becomes: ImportRow["becomes"]) =>
    rows.filter((row) => row.becomes === becomes).length;
  return {
    format,
    added: count("added"),
    known: count("known"),
    differs: count("differs"),
    refused: count("refused"),
    rows,
  };
}

async function judged(
  { db }: Caller,
  platform: ReadPlatform,
  seen: Set<string>,
): Promise<ImportRow> {
  const { place, issuer = "", clientId = "", deploymentIds } = platform;
  const row: ImportRow = {
    ...{ place, name: nameOf(platform), issuer, clientId, deploymentIds },
    ...{ becomes: "added", registrationId: null, differences: [], reasons: [], advice: null },
  };
  let input: RegistrationInput;
  try {
    input = validated(RegistrationInput, inputOf(platform));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const advice = platform.holdsKey ? ADVICE.holdsKey : ADVICE.incomplete;
    return { ...row, becomes: "refused", reasons: reasonsOf(error), advice };
  }
  const key = JSON.stringify([input.issuer, input.clientId]);
  if (seen.has(key)) {
    const reasons = ["the file has this issuer and client ID before"];
    return { ...row, becomes: "refused", reasons, advice: ADVICE.twice };
  }
  seen.add(key);
  const known = await registrationNamed(db, input);
  if (!known) return row;
  const differences = differencesTo(known, input);
  const registrationId = known.id;
  return differences.length === 0
    ? { ...row, becomes: "known", registrationId }
    : { ...row, becomes: "differs", registrationId, differences, advice: ADVICE.differs };
}

const ADVICE = {
  incomplete:
    "Fill in what is named, as the LMS shows it, and preview again; or connect this LMS by hand.",
  holdsKey:
    "The file has a copy of the LMS's key, which would go stale. Enter the address of its key set (JWKS URL) instead, or connect this LMS by hand.",
  twice: "Leave one of the two. Several deployments of one registration stand in one entry.",
  differs:
    "Nothing is changed. Compare both with what the LMS shows; where the file is right, change the registration's settings.",
};

async function added(caller: Caller, platform: ReadPlatform, row: ImportRow): Promise<ImportRow> {
  try {
    const input = validated(RegistrationInput, inputOf(platform));
    const { id } = await createRegistration(caller, input);
    return { ...row, registrationId: id };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    if (error instanceof Conflict && error.existingId)
      return { ...row, becomes: "known", registrationId: error.existingId };
    const advice = error instanceof InvalidInput ? ADVICE.incomplete : null;
    const reasons = error instanceof InvalidInput ? reasonsOf(error) : [error.message];
    return { ...row, becomes: "refused", reasons, advice };
  }
}

function inputOf(platform: ReadPlatform): object {
  const { place: _, holdsKey: _key, audience, ...fields } = platform;
  const isOther = audience !== undefined && audience !== platform.tokenEndpoint;
  return {
    ...fields,
    name: nameOf(platform),
    issuer: fields.issuer ?? "",
    clientId: fields.clientId ?? "",
    tokenEndpoint: fields.tokenEndpoint ?? "",
    authorizationEndpoint: fields.authorizationEndpoint ?? "",
    jwksUrl: fields.jwksUrl ?? "",
    ...(isOther && { audience: "custom", audienceValues: [audience] }),
  };
}

function nameOf({ name, issuer = "" }: ReadPlatform): string {
  return name ?? (URL.canParse(issuer) ? new URL(issuer).host : issuer);
}

/** One for each field: what else is wrong with one that is missing says nothing more. */
function reasonsOf({ fields }: InvalidInput): string[] {
  return Object.values(fields).map(([first = ""]) => first);
}
