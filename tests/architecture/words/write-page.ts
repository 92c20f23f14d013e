import { writeWords } from "./page.ts";

await writeWords();
