/** What a platform said within its JSON, where it said it so; else the words as they came. */
export function spokenWords(message: string): string {
  const json = /[[{].*[\]}]/s.exec(message)?.[0];
  const said = json === undefined ? undefined : saidIn(parsed(json));
  return (said ?? message).replace(/\.$/, "");
}

const SPEAKING = ["error_description", "message", "detail", "title", "error"];

function saidIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const parts = value as Record<string, unknown>;
  const own = SPEAKING.map((name) => parts[name]).find((part) => typeof part === "string");
  return (
    own ??
    Object.values(parts)
      .map(saidIn)
      .find((words) => words !== undefined)
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
