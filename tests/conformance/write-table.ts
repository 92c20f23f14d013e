import { writePage } from "./support/table.ts";

await writePage();
