import type { Reply } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { loginForm } from "./start-launch.ts";

/** A page that sends a form by itself, as an LMS does. */
export function postingPage(
  action: string,
  fields: Record<string, string>,
  method: "GET" | "POST" = "POST",
): Reply {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  return page(
    "Opening the tool",
    `<form method="${method}" action="${escape(action)}">${inputs.join("")}<noscript><button>Go on</button></noscript></form>
     <script>document.forms[0].submit()</script>`,
  );
}

/** The frame's first page: it sends the login that a launch starts with. */
export function launchPage(state: PlatformState, hint: string): Reply {
  const plan = state.launches.get(hint);
  if (!plan) return page("Launch", "<p>This launch was used, or never started.</p>");
  const { loginUrl, parameters, method } = loginForm(state, hint, plan);
  return postingPage(loginUrl, parameters, method);
}

export function page(title: string, body: string): Reply {
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
  return { status: 200, headers: { "Content-Type": "text/html; charset=utf-8" }, body: text };
}

export function escape(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

const STYLE = `
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #f3f1ec; color: #22242f; }
  main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 1.5rem; }
  table { border-collapse: collapse; width: 100%; background: #fff; }
  th, td { text-align: left; padding: .45rem .6rem; border: 1px solid #d9d5cc; vertical-align: top; }
  button { font: inherit; padding: .25rem .6rem; margin: 0 .25rem .25rem 0; cursor: pointer; }
  input[type=url] { font: inherit; padding: .3rem; width: min(100%, 34rem); }
  iframe { width: 100%; height: 34rem; border: 1px solid #888; background: #fff; margin-top: 1rem; }
  .muted { color: #5d606c; }
`;
