"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Input } from "./field-controls.tsx";

const SETTLE_MS = 250;

/** A search box that reports what was typed once the typing stops. */
export function SearchField(props: {
  /** As the API calls it; a form without JavaScript sends it. */
  name: string;
  label: string;
  placeholder?: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const { value, onSearch } = props;
  const [typed, setTyped] = useState(value);
  const [reported, setReported] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Cleared, or gone back: the box shows what the list is narrowed to.
    if (value !== reported) setTyped(value);
  }

  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => {
      setReported(typed);
      onSearch(typed);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
    // A value that comes from elsewhere (Back, Clear) must not be overwritten by old typing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);

  return (
    <div className="relative w-full sm:w-48">
      <Search
        aria-hidden
        className="pointer-events-none absolute start-2.5 top-1/2 size-3.5 -translate-y-1/2 text-muted"
      />
      <Input
        type="search"
        name={props.name}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="h-8 ps-8 text-sm"
      />
    </div>
  );
}
