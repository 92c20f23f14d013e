import { CsvError, parse } from "csv-parse/sync";

/** One record and the line it begins on; a quoted value may span several lines. */
export type CsvRecord = { line: number; values: string[] };

export type CsvRecords =
  { records: CsvRecord[]; problem?: undefined } | { problem: { line: number; message: string } };

const DELIMITERS = [",", ";", "\t"];

/** More records than this, empty ones included, are not read: the file is no list of scores. */
const MOST_EMPTY = 50_000;

class TooMany extends Error {}

/**
 * Splits a CSV into records; commas, semicolons and tabs are recognised by the first line. Reads
 * no further than `most` records and one more, so that a large file costs no more than that.
 */
export function splitRecords(csv: string, most: number): CsvRecords {
  const text = csv.replace(/^\uFEFF/, "");
  const records: CsvRecord[] = [];
  let lastLine = 0;
  let empty = 0;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      on_record: (values: string[], { lines }) => {
        if (values.some((value) => value.trim() !== ""))
          records.push({ line: lastLine + 1, values });
        else empty += 1;
        lastLine = lines;
        if (records.length > most || empty > MOST_EMPTY) throw new TooMany();
        return null;
      },
    });
  } catch (error) {
    if (error instanceof TooMany && empty <= MOST_EMPTY) return { records };
    if (error instanceof TooMany)
      return { problem: { line: lastLine, message: `has more than ${MOST_EMPTY} empty rows` } };
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] : lastLine + 1;
    return { problem: { line, message: words(error.code) } };
  }
  return { records };
}

function delimiterOf(text: string): string {
  const [header = ""] = text.trimStart().split(/\r?\n/, 1);
  const outsideQuotes = header.replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => outsideQuotes.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function words(code: string): string {
  if (code === "CSV_QUOTE_NOT_CLOSED") return "a quotation mark is opened and never closed";
  if (code === "INVALID_OPENING_QUOTE") return "a quotation mark stands inside an unquoted value";
  if (code === "CSV_INVALID_CLOSING_QUOTE") return "text follows a closing quotation mark";
  return "cannot be read as CSV";
}
