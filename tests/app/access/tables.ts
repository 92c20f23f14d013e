import { ACTION_DOORS } from "./actions/table.ts";
import { OTHER_DOORS, REST_DOORS, VISITOR_ACTIONS } from "./doors.ts";
import { PAGE_DOORS } from "./pages/table.ts";

/** The tables of docs/security.md, each with its head. */
export function accessTables(): string[][][] {
  const code = (text: string) => `\`${text}\``;
  const doors = (table: Record<string, readonly [string, string, ...unknown[]]>) =>
    Object.entries(table).map(([door, [needs, reach]]) => [code(door), code(needs), reach]);
  const told = (table: Record<string, string>) =>
    Object.entries(table).map(([door, who]) => [code(door), who]);
  const actions = Object.fromEntries(
    Object.entries(ACTION_DOORS).flatMap(([folder, acts]) =>
      Object.entries(acts).map(([name, door]) => [`${folder}#${name}`, door]),
    ),
  );
  return [
    [["REST operation", "needs", "reaches"], ...doors(REST_DOORS)],
    [["Page or file of the console", "needs", "reaches"], ...doors(PAGE_DOORS)],
    [["Server action", "needs", "reaches"], ...doors(actions)],
    [["Server action for visitors", "who"], ...told(VISITOR_ACTIONS)],
    [["Other door", "who"], ...told(OTHER_DOORS)],
  ];
}
