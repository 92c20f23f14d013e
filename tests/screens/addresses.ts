import { readdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";

export type Screen = {
  route: string;
  address: string;
  /** For whoever has not signed in. */
  isOpen?: boolean;
  /** What leads from the address to what is shown. */
  follow?: (page: Page) => Promise<void>;
};

/** By the name of the picture. */
export type Screens = Record<string, Screen>;

/** What an empty installation or a rule of it alone shows, sends on, or comes by another way: further.ts. */
const WITHOUT_ADDRESS = [
  "/setup",
  "/second-factor",
  "/lti/course",
  "/login/code",
  "/password/[token]",
  "/registrations/new/[draftId]",
];

/** The pages that stand in the app's folders, each with an object of the demo that has most to show. */
export async function pagesOf(page: Page): Promise<Screens> {
  const known = await idsToShow(page);
  const toolDraftId = await draftOf(page, known.registrationId, "tool");
  const app = path.join(import.meta.dirname, "../../app");
  const routes = readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => path.posix.dirname(`/${file.replaceAll(/\([^)]+\)\//g, "")}`))
    .filter((route) => !WITHOUT_ADDRESS.includes(route))
    .sort();
  return Object.fromEntries(
    routes.map((route) => {
      const ids = TOOL_STEPS.has(path.basename(route)) ? { ...known, draftId: toolDraftId } : known;
      const filled = route.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
        const id = ids[name];
        if (!id) throw new Error(`The demo has nothing to show at ${route}: no ${name}.`);
        return id;
      });
      const name = route
        .replaceAll(/\/\[(\w+)Id\]/g, "-one")
        .replace(/^\//, "")
        .replaceAll("/", "-");
      const address = route === "/search" ? "/search?q=bio" : filled;
      return [name || "overview", { route, address, isOpen: route === "/login" }] as const;
    }),
  );
}

type Row = Record<string, unknown> & { id: string; registrationId: string };

const doneOf = (run: Row): number => Number(run.done ?? 0);

async function idsToShow(page: Page): Promise<Record<string, string | undefined>> {
  const list = async (path: string): Promise<Row[]> => {
    const answer = await page.request.get(`/api/v1${path}`);
    return ((await answer.json()) as { items: Row[] }).items;
  };
  const [runs, holds, schedules, operations, webhooks] = await Promise.all(
    ["/runs?kind=grade_sync&limit=100", "/holds", "/schedules", "/operations", "/webhooks"].map(
      list,
    ),
  );
  const run = runs?.filter(({ courseId }) => courseId).sort((a, b) => doneOf(b) - doneOf(a))[0];
  const courseId = String(run?.courseId);
  const [lineItem] = await list(`/courses/${courseId}/line-items`);
  return {
    runId: run?.id,
    courseId,
    registrationId: run?.registrationId,
    holdId: holds?.[0]?.id,
    scheduleId: schedules?.[0]?.id,
    operationId: operations?.[0]?.id ?? (await operationOf(page, run?.registrationId)),
    lineItemId: lineItem?.id,
    draftId: await draftOf(page, run?.registrationId),
    webhookId: webhooks?.[0]?.id ?? (await webhookOf(page)),
  };
}

/** To a receiver that is not there, so that there are deliveries to look at. */
async function webhookOf(page: Page): Promise<string> {
  const data = { name: "Grade book", url: "http://127.0.0.1:9/hooks/rollbook", types: [] };
  const answer = await page.request.post("/api/v1/webhooks", {
    headers: fromTheConsole(page),
    data,
  });
  return ((await answer.json()) as { id: string }).id;
}

/** One act on several courses, as the list of courses starts it. */
async function operationOf(page: Page, registrationId: string | undefined): Promise<string> {
  const answer = await page.request.post("/api/v1/operations", {
    headers: fromTheConsole(page),
    data: { action: "courses.verify", filter: { registrationId } },
  });
  return ((await answer.json()) as { id: string }).id;
}

/** The steps of the wizard for who has a tool already. */
const TOOL_STEPS: ReadonlySet<string> = new Set(["tool", "key"]);

/** A registration under way in the wizard, as somebody left it after the second step. */
async function draftOf(
  page: Page,
  registrationId: string | undefined,
  way: "by_hand" | "tool" = "by_hand",
): Promise<string> {
  const answer = await page.request.post("/api/v1/registration-drafts", {
    headers: fromTheConsole(page),
    data: {
      profile: "canvas",
      step: way,
      values: { name: "Canvas", way, registrationId },
    },
  });
  return ((await answer.json()) as { id: string }).id;
}

/** A session changes something only where its own pages ask for it. */
export const fromTheConsole = (page: Page) => ({ origin: new URL(page.url()).origin });
