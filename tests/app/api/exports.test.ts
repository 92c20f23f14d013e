import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import { requestOf, startApi, type Api } from "#tests/support/api.ts";
import { answerApi } from "../../../app/_server/rest/answer.ts";
import { courseInput, createRegistration } from "./inputs.ts";

let api: Api;
let registrationId: string;

// More than the pages that an export is read by.
const COURSES = 230;
const HOSTILE = ["=1+1", "  =1+1", "＝1+1", "a;=1+1", 'say "hi"', "|cmd", "\u00e9tudes"];

beforeAll(async () => {
  api = await startApi();
  registrationId = (await createRegistration(api)).id;
  for (let i = 0; i < COURSES; i++) {
    const title = HOSTILE[i] ?? `Course ${String(i).padStart(3, "0")}`;
    await api.ask("POST", "/courses", { json: courseInput(registrationId, { title }) });
  }
}, 120_000);
afterAll(() => api.stop());

async function file(query: string) {
  const path = `/api/v1/exports/courses?registrationId=${registrationId}${query}`;
  const response = await answerApi(requestOf("GET", path));
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text };
}

describe("an export of a list", () => {
  test("has every row that the filter matches, in the list's order, as CSV", async () => {
    const { status, headers, text } = await file("&q=course&sort=-title");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toBe('attachment; filename="courses.csv"');
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
    expect(rows).toHaveLength(COURSES - HOSTILE.length);
    expect(rows[0]).toMatchObject({ title: "Course 229", "scores.pending": "0", pausedAt: "" });
  });

  test("has them as JSON", async () => {
    const { text, headers } = await file("&format=json");
    expect(headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(text) as CourseView[]).toHaveLength(COURSES);
    expect(JSON.parse((await file("&format=json&q=nothing-like-it")).text)).toEqual([]);
  });

  test("gives a spreadsheet no formula to run, and no cell more", async () => {
    const { text } = await file("&sort=createdAt");
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
    const titles = rows.slice(0, HOSTILE.length).map(({ title }) => title);
    const [formula, , wide, , quote, pipe, plain] = HOSTILE;
    expect(titles).toEqual([
      `'${formula}`,
      `'${formula}`,
      `'${wide}`,
      "a;=1+1",
      quote,
      `'${pipe}`,
      plain,
    ]);
    expect(text).toContain('"a;=1+1"');
  });

  test("tells what is wrong before it begins", async () => {
    expect((await file("&colour=blue")).status).toBe(422);
    expect((await file("&format=xlsx")).status).toBe(422);
    expect((await file("&cursor=abc")).status).toBe(422);
    const nobody = "01939f2e-0000-7000-8000-000000000000";
    expect((await api.ask("GET", `/exports/courses/${nobody}/members`)).status).toBe(404);
  });
});
