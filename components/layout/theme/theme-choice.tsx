"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import type { RefObject } from "react";
import { Menu, MenuRadioGroup, MenuRadioItem } from "#components/ui/overlays/menu.tsx";

const THEMES = [
  { value: "system", label: "As the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];

export function ThemeChoice(props: { id: string; openedBy: RefObject<HTMLElement | null> }) {
  const { theme, setTheme } = useTheme();
  return (
    <Menu {...props} label="Theme" align="start" side="top">
      <MenuRadioGroup value={theme} onValueChange={setTheme}>
        {THEMES.map(({ value, label, icon: Icon }) => (
          <MenuRadioItem key={value} value={value}>
            <Icon aria-hidden />
            {label}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </Menu>
  );
}
