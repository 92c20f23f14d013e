"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue, useId, useState, type KeyboardEvent } from "react";
import { readTogether } from "#components/live/read-together.ts";
import { reads } from "#components/live/reads.ts";
import { Checkbox } from "#components/ui/fields/field-controls.tsx";
import { Modal } from "#components/ui/overlays/modal.tsx";
import type { SearchResult } from "#lib/operations/search/schema.ts";
import { readAsk, type Ask } from "./results/ask.ts";
import { entriesFor, recentEntries, type Entry } from "./results/entries.ts";
import { EntryList } from "./results/entry-list.tsx";
import { readVisited } from "./recent.ts";
import { isSlashOn, setSlash } from "./slash.ts";
import { startSync } from "./start-sync.ts";
import { useDebounced } from "./use-debounced.ts";

/** The palette: a box over a list of what it finds, all of it by keyboard. */
export function Palette(props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const close = () => props.onOpenChange(false);
  return (
    <Modal
      isOpen={props.isOpen}
      onClose={close}
      aria-label="Find anything"
      className="mx-auto mt-[12vh] max-h-[76dvh] w-[calc(100vw-2rem)] max-w-xl flex-col overflow-hidden rounded-lg open:flex"
    >
      {props.isOpen && <Search close={close} />}
    </Modal>
  );
}

function Search({ close }: { close: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = readAsk(useDebounced(useDeferredValue(typed)));
  const { data, isFetching } = useFound(ask);
  const isAsking = typed.trim().length >= 2;
  const entries = isAsking ? entriesFor(ask, data) : recentEntries(readVisited());
  const current = Math.min(chosen, Math.max(0, entries.length - 1));

  async function go(entry: Entry) {
    setProblem(null);
    if (!entry.start) {
      close();
      router.push(entry.path);
      return;
    }
    const started = await startSync(entry.start);
    if (started.problem !== undefined) return setProblem(started.problem);
    close();
    router.push(started.path);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || entries.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((current + step + entries.length) % entries.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      void go(entries[current]!);
    }
  }

  return (
    <>
      <input
        role="combobox"
        aria-label="Find anything"
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={entries[current] && `${listId}-${current}`}
        placeholder="A name, an e-mail, an ID, an address, or “Sync roster of …”"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full shrink-0 border-b bg-surface px-4 text-base outline-none placeholder:text-muted"
      />
      {problem && (
        <p role="alert" className="border-b bg-bad-soft px-4 py-2 text-sm text-bad">
          {problem}
        </p>
      )}
      <EntryList
        id={listId}
        entries={entries}
        current={current}
        onPoint={setChosen}
        onChoose={(entry) => void go(entry)}
      />
      <Foot
        told={toldOf({
          isAsking,
          isFetching: isFetching || ask.text !== readAsk(typed).text,
          entries,
        })}
      />
    </>
  );
}

function useFound({ text }: Ask) {
  const { key } = reads.search({ q: text });
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => readTogether<SearchResult>(key, signal, false),
    enabled: text.length >= 2,
    staleTime: 30_000,
    placeholderData: (earlier) => earlier,
  });
}

function toldOf(state: { isAsking: boolean; isFetching: boolean; entries: Entry[] }): string {
  if (!state.isAsking) return "Type two characters or more";
  if (state.entries.length > 0) return `${state.entries.length} found`;
  return state.isFetching ? "Looking…" : "Nothing found";
}

function Foot({ told }: { told: string }) {
  const [isOn, setOn] = useState(isSlashOn);
  return (
    <div className="flex shrink-0 items-center justify-between gap-4 border-t bg-sunken px-4 py-2 text-xs text-muted">
      <p role="status">{told}</p>
      <label className="flex items-center gap-1">
        <Checkbox
          checked={isOn}
          onChange={(event) => {
            setOn(event.target.checked);
            setSlash(event.target.checked);
          }}
        />
        Open with /
      </label>
    </div>
  );
}
