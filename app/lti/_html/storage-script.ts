import type { PlatformStorage } from "#lib/operations/launches/index.ts";
import { scriptValue } from "./html.ts";

const PATIENCE_MS = 3_000;

/**
 * Speaks to the platform's storage frame: one question, one answer, to and from the platform's
 * origin alone.
 *
 * @see LTI Client Side postMessages 0.1 §2
 * @see LTI Postmessage Storage 0.1 §3
 */
function ask(storage: PlatformStorage): string {
  return `
    const storage = ${scriptValue(storage)};
    function frame() {
      const host = window.parent !== window ? window.parent : window.opener;
      if (!host || storage.frame === "_parent") return host;
      try { return host.frames[storage.frame] || host; } catch { return host; }
    }
    function ask(subject, fields) {
      return new Promise((resolve) => {
        const target = frame();
        const message_id = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
        const end = (answer) => {
          clearTimeout(timer);
          window.removeEventListener("message", hear);
          resolve(answer);
        };
        const hear = ({ origin, data }) => {
          const isOurs = origin === storage.origin && data && data.message_id === message_id;
          if (isOurs && data.subject === subject + ".response") end(data.error ? null : data);
        };
        const timer = setTimeout(() => end(null), ${PATIENCE_MS});
        if (!target) return end(null);
        window.addEventListener("message", hear);
        target.postMessage({ subject, message_id, ...fields }, storage.origin);
      });
    }`;
}

/** Keeps a value in the platform's frame, then goes on; a cookie may do where that fails. */
export function keepAndGo(
  storage: PlatformStorage,
  kept: { key: string; value: string },
  next: string,
): string {
  return `${ask(storage)}
    ask("lti.put_data", ${scriptValue(kept)}).then(() => location.replace(${scriptValue(next)}));`;
}

/** Reads the value back into the form's field and sends the form, or says that it is not there. */
export function readAndSend(storage: PlatformStorage, key: string): string {
  return `${ask(storage)}
    ask("lti.get_data", { key: ${scriptValue(key)} }).then((answer) => {
      const form = document.getElementById("launch");
      if (answer && typeof answer.value === "string" && answer.value !== "") {
        form.elements.namedItem("kept_state").value = answer.value;
        form.submit();
      } else {
        document.getElementById("waiting").hidden = true;
        document.getElementById("failed").hidden = false;
      }
    });`;
}
