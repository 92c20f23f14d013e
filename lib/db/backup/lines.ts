import { BackupUnreadable } from "./errors.ts";

const NEWLINE = 0x0a;
const END = Buffer.from("\\.\n");
const END_OF_ROWS = Buffer.from("\n\\.\n");
const LONGEST_LINE = 1_000_000;

/** A backup read as it comes: single lines, and between them the rows of a table. */
export class BackupLines {
  readonly #source: AsyncIterator<Buffer | string>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer | string>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its end; undefined after the last. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf(NEWLINE);
      if (end >= 0) {
        const line = this.#rest.subarray(0, end).toString("utf8");
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      if (this.#rest.length > LONGEST_LINE) throw new BackupUnreadable("it does not read as text");
      if (!(await this.#more())) return undefined;
    }
  }

  /** The rows from here to the line that ends them, in pieces of whole lines. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#rest.subarray(0, END.length).equals(END)) {
        this.#rest = this.#rest.subarray(END.length);
        return;
      }
      const end = this.#rest.indexOf(END_OF_ROWS);
      const whole = end >= 0 ? end + 1 : this.#rest.lastIndexOf(NEWLINE) + 1;
      if (whole > 0) {
        const piece = this.#rest.subarray(0, whole);
        this.#rest = this.#rest.subarray(whole);
        yield piece;
      } else if (!(await this.#more())) throw new BackupUnreadable("a table of it has no end");
    }
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done) return false;
    const piece = typeof value === "string" ? Buffer.from(value) : value;
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    return true;
  }
}
