import { createHash } from "node:crypto";
import { frameAncestors } from "#lib/auth/page-policy.ts";
import { Html, html } from "./html.ts";

const STYLE = `
  :root { color-scheme: light dark; --ink: #22242f; --muted: #5d606c; --canvas: #fbfaf8;
    --surface: #fff; --line: #e5e2dc; --accent: #2f4ec4; --on-accent: #fff;
    --wrong: #b3261e; }
  @media (prefers-color-scheme: dark) { :root { --ink: #f0f0f3; --muted: #b3b6c2;
    --canvas: #0e0f13; --surface: #17181e; --line: #2b2d36; --accent: #93a8ff;
    --on-accent: #10142b; --wrong: #ffb4ab; } }
  * { box-sizing: border-box; }
  body { margin: 0; padding: 2rem 1rem; background: var(--canvas); color: var(--ink);
    font: 15px/1.5 system-ui, sans-serif; }
  main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1.5rem; background: var(--surface);
    border: 1px solid var(--line); border-radius: 10px; overflow-wrap: anywhere; }
  h1 { margin: 0 0 .5rem; font-size: 1.15rem; }
  p, dl { margin: .5rem 0; } dt { color: var(--muted); font-size: .85rem; margin-top: .5rem; }
  dd { margin: 0; } .muted { color: var(--muted); } ul { margin: .25rem 0; padding-left: 1.25rem; }
  table { width: 100%; border-collapse: collapse; margin: .75rem 0; }
  th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); }
  thead th { border-top: 0; color: var(--muted); font-size: .85rem; font-weight: 500; }
  tbody th { font-weight: 500; } td.points { white-space: nowrap; font-variant-numeric: tabular-nums; }
  td small { display: block; color: var(--muted); font-size: .85rem; }
  .notice { padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 6px; }
  form { display: inline-block; margin: .75rem .5rem 0 0; }
  button { font: inherit; font-weight: 500; padding: .4rem .9rem; border-radius: 6px;
    border: 1px solid var(--muted); background: transparent; color: inherit; cursor: pointer; }
  form.choice { display: block; margin: 0; }
  fieldset { margin: 1rem 0 0; padding: 0; border: 0; min-width: 0; }
  legend { padding: 0; margin-bottom: .25rem; font-weight: 600; }
  .option { display: flex; gap: .6rem; padding: .5rem 0; border-top: 1px solid var(--line); }
  .option > input { flex: none; width: 1.05rem; height: 1.05rem; margin: .2rem 0 0; accent-color: var(--accent); }
  .option label { flex: 1; min-width: 0; } .option small { display: block; color: var(--muted); font-size: .85rem; }
  .fields { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 .75rem 1.65rem; }
  .fields label { display: block; color: var(--muted); font-size: .85rem; }
  .fields div:first-child { flex: 1 1 12rem; } .fields div:last-child { flex: 0 1 7rem; }
  .fields input { width: 100%; font: inherit; padding: .35rem .6rem; border-radius: 6px;
    border: 1px solid var(--muted); background: transparent; color: inherit; }
  .wrong { color: var(--wrong); margin: .25rem 0 0; font-size: .9rem; }
  .fields input[aria-invalid] { border-color: var(--wrong); }
  .choice .acts { display: flex; gap: .5rem; margin-top: 1rem; }
  button.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
`;

/**
 * Origins of a platform. Anyone: for what is shown before it is known where the platform shows it,
 * and that has nothing of anybody in it: the steps to a launch, a refusal, and an invitation, whose
 * address nobody knows but who holds it.
 */
export type FramedBy = readonly string[] | "anyone";

/** A page of its own for a platform's window or frame: no cookie and nothing fetched. */
export function htmlPage(page: {
  title: string;
  body: Html;
  framedBy: FramedBy;
  /** Where its forms may lead, as the policy writes it; nowhere where absent. */
  formsTo?: readonly string[];
  /** Runs in the page; give it values by `scriptValue`. */
  script?: string;
  status?: number;
  headers?: [string, string][];
}): Response {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · Rollbook</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>
          <h1>${page.title}</h1>
          ${page.body}
        </main>
        ${page.script === undefined ? null : new Html(`<script>${page.script}</script>`)}
      </body>
    </html>`;
  const headers = new Headers(page.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  headers.set("cache-control", "no-store");
  headers.set("content-security-policy", policyOf(page));
  return new Response(document.text, { status: page.status ?? 200, headers });
}

function policyOf(page: Parameters<typeof htmlPage>[0]): string {
  const { script, framedBy, formsTo = ["'none'"] } = page;
  return [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    "base-uri 'none'",
    `form-action ${formsTo.join(" ")}`,
    framedBy === "anyone" ? "frame-ancestors *" : frameAncestors(framedBy),
  ].join("; ");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** A form field that nobody sees. */
export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}
