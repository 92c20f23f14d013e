"use client";

import {
  createContext,
  useContext,
  useEffect,
  useRef,
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type ToggleEvent,
} from "react";
import { cn } from "../cn.ts";

/**
 * What a menu button opens (WAI-ARIA), named by the button's `popoverTarget`: arrows, Home, End and
 * first letters move through the items, Escape and a click elsewhere close it, and the focus goes
 * back to the button.
 */
export function Menu(props: {
  id: string;
  label: string;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
  /** The button that was pressed before there was a menu: it opens at once. */
  openedBy?: RefObject<HTMLElement | null>;
}) {
  const { openedBy } = props;
  const menu = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const source = openedBy?.current;
    if (source && !menu.current?.matches(":popover-open")) menu.current?.showPopover({ source });
  }, [openedBy]);

  function focusFirst({ newState }: ToggleEvent) {
    if (newState !== "open" || !menu.current) return;
    const chosen = menu.current.querySelector<HTMLElement>("[aria-checked=true]");
    (chosen ?? itemsOf(menu.current)[0])?.focus();
  }

  return (
    <div
      ref={menu}
      id={props.id}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={props.label}
      onToggle={focusFirst}
      onKeyDown={moveByKey}
      onClick={(event) => isItem(event.target) && menu.current?.hidePopover()}
      className={cn(
        "min-w-44 rounded-lg border bg-surface p-1 text-ink shadow-float m-auto [position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline] supports-[position-area:end]:m-0 supports-[position-area:end]:my-1.5",
        PLACES[props.side ?? "bottom"][props.align ?? "end"],
      )}
    >
      {props.children}
    </div>
  );
}

const PLACES = {
  top: {
    start: "[position-area:block-start_span-inline-end]",
    end: "[position-area:block-start_span-inline-start]",
  },
  bottom: {
    start: "[position-area:block-end_span-inline-end]",
    end: "[position-area:block-end_span-inline-start]",
  },
};

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]:not([aria-disabled=true])")];
}

function isItem(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[role^=menuitem]") !== null;
}

function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === "Tab") return event.currentTarget.hidePopover();
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const next = targetOf(event.key, at, items);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function targetOf(key: string, at: number, items: HTMLElement[]): HTMLElement | undefined {
  if (key === "ArrowDown") return items[(at + 1) % items.length];
  if (key === "ArrowUp") return items.at(at <= 0 ? -1 : at - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const begins = ({ textContent }: HTMLElement) =>
    textContent.trim().toLowerCase().startsWith(key.toLowerCase());
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins);
}

type Group = { value?: string; onValueChange?: (value: string) => void };
const GroupContext = createContext<Group>({});

export function MenuRadioGroup({ children, ...group }: Group & { children: ReactNode }) {
  return (
    <GroupContext value={group}>
      <div role="group">{children}</div>
    </GroupContext>
  );
}

export function MenuRadioItem({
  value,
  className,
  ...rest
}: Omit<ComponentProps<"button">, "value"> & { value: string }) {
  const group = useContext(GroupContext);
  return (
    <button
      type="button"
      role="menuitemradio"
      tabIndex={-1}
      aria-checked={value === group.value}
      onClick={() => group.onValueChange?.(value)}
      className={cn(
        "flex min-h-8 w-full cursor-default items-center gap-2 rounded px-2 text-sm outline-none hover:bg-hover focus:bg-hover aria-checked:font-semibold [&_svg]:size-4 [&_svg]:text-muted",
        className,
      )}
      {...rest}
    />
  );
}
