import type { Reply } from "#tests/support/platform/http/reply.ts";
import { issuerOf, type PlatformState } from "#tests/support/platform/state.ts";
import { escape, page } from "./pages.ts";

/** The latest courses, which somebody has just made to open them. */
const MOST_ROWS = 50;

/** The platform's own page: registers tools, and launches courses in a frame as an LMS does. */
export function home(state: PlatformState): Reply {
  const tools = [...state.registrations.values()].filter(({ loginUrl }) => loginUrl);
  const body = `
    <h1>${escape(nameOf(state))}</h1>
    <p class="muted">A simulated LMS. Issuer: ${escape(issuerOf(state))}</p>
    <h2>Register a tool</h2>
    <form id="register">
      <label>Registration URL, from the tool's invitation<br>
        <input type="url" name="registrationUrl" required></label>
      <button>Register</button>
    </form>
    <h2>Courses</h2>
    ${tools.length === 0 ? "<p>No tool is registered yet.</p>" : courseTable(state, tools)}
    <p id="problem" role="alert"></p>
    <iframe name="tool" id="tool" title="Tool" hidden></iframe>
    <script>${SCRIPT}</script>`;
  return page(nameOf(state), body);
}

function nameOf({ options }: PlatformState): string {
  const { profile } = options;
  if (!profile) return "Simulated LMS";
  return `Simulated ${profile.charAt(0).toUpperCase()}${profile.slice(1)}`;
}

function courseTable(state: PlatformState, tools: { clientId: string; name?: string }[]): string {
  const button = (label: string, plan: object) =>
    `<button data-plan="${escape(JSON.stringify(plan))}">${label}</button>`;
  const rows = [...state.courses.values()].slice(-MOST_ROWS).map(({ contextId, input }) => {
    const launches = tools.map(({ clientId, name }) => {
      const plan = { clientId, contextId };
      return `<div>${escape(name ?? clientId)}<br>
        ${button("Open as instructor", { ...plan, as: "instructor" })}
        ${button("Open as learner", { ...plan, as: "learner" })}
        ${button("Add a link", { ...plan, message: "LtiDeepLinkingRequest" })}</div>`;
    });
    return `<tr><th scope="row">${escape(input.title)}<br><span class="muted">${escape(contextId)}</span></th><td>${launches.join("")}</td></tr>`;
  });
  return `<table><tbody>${rows.join("")}</tbody></table>`;
}

// Keeps data for tools whose cookies are blocked (LTI Postmessage Storage 0.1), each origin its own.
const SCRIPT = `
  const frame = document.getElementById("tool");
  const kept = new Map();
  const show = (url) => { frame.hidden = false; frame.src = url; frame.scrollIntoView(); };
  async function call(name, input) {
    const response = await fetch("/_control/" + name, { method: "POST", body: JSON.stringify(input) });
    const answer = await response.json();
    document.getElementById("problem").textContent = response.ok ? "" : JSON.stringify(answer.error);
    return response.ok ? answer : null;
  }
  document.getElementById("register").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { value } = event.target.elements.registrationUrl;
    const answer = await call("registrationLink", { registrationUrl: value });
    if (answer) show(answer.url);
  });
  document.addEventListener("click", async ({ target }) => {
    if (!target.dataset || !target.dataset.plan) return;
    const answer = await call("startLaunch", JSON.parse(target.dataset.plan));
    if (answer) show(answer.url);
  });
  window.addEventListener("message", ({ source, origin, data }) => {
    if (!data || source !== frame.contentWindow) return;
    const answer = (fields) =>
      source.postMessage({ subject: data.subject + ".response", message_id: data.message_id, ...fields }, origin);
    const key = origin + " " + data.key;
    if (data.subject === "org.imsglobal.lti.close") location.reload();
    if (data.subject === "lti.capabilities") answer({ supported_messages: [{ subject: "lti.put_data" }, { subject: "lti.get_data" }] });
    if (data.subject === "lti.put_data") { kept.set(key, data.value); answer({ key: data.key, value: data.value }); }
    if (data.subject === "lti.get_data") answer({ key: data.key, value: kept.get(key) });
  });`;
