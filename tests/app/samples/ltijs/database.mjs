import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What ltijs keeps, in one file: enough for a sample. A real tool has MongoDB or ltijs-sequelize. */
export class FileDatabase {
  constructor(file) {
    this.file = file;
    this.tables = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  }

  setup = async () => true;
  Close = async () => true;

  Get = async (_secret, table, query) => {
    const found = this.rows(table).filter((row) => matches(row, query));
    return found.length > 0 && structuredClone(found);
  };

  Insert = (_secret, table, item, index) =>
    this.store(table, [...this.rows(table), this.row(item, index)]);

  Replace = async (_secret, table, query, item, index) => {
    const others = this.rows(table).filter((row) => !matches(row, query));
    return this.store(table, [...others, this.row(item, index)]);
  };

  Modify = async (_secret, table, query, changes) => {
    const changed = (row) => (matches(row, query) ? { ...row, ...changes } : row);
    return this.store(table, this.rows(table).map(changed));
  };

  Delete = async (table, query) =>
    this.store(
      table,
      this.rows(table).filter((row) => !matches(row, query)),
    );

  rows = (table) => this.tables[table] ?? [];
  row = (item, index) => ({ createdAt: Date.now(), ...index, ...item });

  store = async (table, rows) => {
    this.tables[table] = rows;
    writeFileSync(this.file, JSON.stringify(this.tables), { mode: 0o600 });
    return true;
  };
}

const matches = (row, query = {}) =>
  Object.entries(query).every(([name, value]) => row[name] === value);
