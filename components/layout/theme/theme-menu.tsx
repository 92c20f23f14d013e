"use client";

import { Monitor, Moon, Sun, SunMoon } from "lucide-react";
import { useTheme } from "next-themes";
import { Menu, MenuRadioGroup, MenuRadioItem } from "#components/ui/overlays/menu.tsx";

const THEMES = [
  { value: "system", label: "As the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];

export function ThemeMenu() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      label="Theme"
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm font-medium hover:bg-hover"
        >
          <SunMoon aria-hidden className="size-4 text-muted" />
          Theme
        </button>
      }
    >
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
