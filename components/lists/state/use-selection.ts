"use client";

import { useState } from "react";

/** The rows that are chosen on this page of a list, or everything that its filter matches. */
export type Selection = {
  ids: ReadonlySet<string>;
  isWholePage: boolean;
  /** All that match, on other pages too. */
  isAllMatching: boolean;
  toggle: (id: string, isRange: boolean) => void;
  togglePage: () => void;
  chooseAllMatching: () => void;
  clear: () => void;
};

type State = { view: string; ids: ReadonlySet<string>; last: string | null; isAll: boolean };

/** `view` names what is listed; with another view the choice is gone. */
export function useSelection(pageIds: readonly string[], view: string): Selection {
  const none: State = { view, ids: new Set(), last: null, isAll: false };
  const [kept, setKept] = useState<State>(none);
  const state = kept.view === view ? kept : none;
  // A row that has left the page must not be acted on unseen.
  const ids = new Set([...state.ids].filter((id) => pageIds.includes(id)));
  const isWholePage = pageIds.length > 0 && ids.size === pageIds.length;

  return {
    ids,
    isWholePage,
    isAllMatching: state.isAll && isWholePage,
    toggle(id, isRange) {
      const isOn = !ids.has(id);
      const from = isRange && state.last !== null ? pageIds.indexOf(state.last) : -1;
      const to = pageIds.indexOf(id);
      const range = from < 0 ? [id] : pageIds.slice(Math.min(from, to), Math.max(from, to) + 1);
      const next = new Set(ids);
      for (const each of range) {
        if (isOn) next.add(each);
        else next.delete(each);
      }
      setKept({ view, ids: next, last: id, isAll: false });
    },
    togglePage: () => setKept({ ...none, ids: isWholePage ? new Set<string>() : new Set(pageIds) }),
    chooseAllMatching: () => setKept({ ...none, ids: new Set(pageIds), isAll: true }),
    clear: () => setKept(none),
  };
}
