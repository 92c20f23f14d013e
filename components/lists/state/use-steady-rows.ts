"use client";

import { useState } from "react";

/**
 * Keeps the rows on screen where they are: those shown are updated in place, new ones wait until
 * they are asked for. `view` names what is listed; another view starts afresh.
 */
export function useSteadyRows<Row extends { id: string }>(rows: Row[], view: string) {
  const [kept, setKept] = useState({ view, ids: rows.map(({ id }) => id) });
  const isSame = kept.view === view && kept.ids.length > 0;
  // Adjusting state while rendering: React renders again at once, nothing wrong is ever shown.
  if (!isSame && (kept.view !== view || rows.length > 0))
    setKept({ view, ids: rows.map(({ id }) => id) });

  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = isSame ? kept.ids.flatMap((id) => byId.get(id) ?? []) : rows;
  const known = new Set(isSame ? kept.ids : byId.keys());
  return {
    rows: shown,
    waiting: rows.filter(({ id }) => !known.has(id)).length,
    showAll: () => setKept({ view, ids: rows.map(({ id }) => id) }),
  };
}
