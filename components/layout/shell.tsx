import Link from "next/link";
import type { ReactNode } from "react";
import { Finder } from "#components/finder/finder.tsx";
import { HeadingFocus } from "./heading-focus.tsx";
import { KeptFocus } from "./kept-focus.tsx";
import { Logo } from "./navigation/logo.tsx";
import { Navigation } from "./navigation/navigation.tsx";
import { NavigationSheet } from "./navigation/navigation-sheet.tsx";
import { SidebarFoot, type ShellFacts } from "./navigation/sidebar-foot.tsx";

/** The frame of every signed-in page: navigation beside it, or above it where it is narrow. */
export function Shell(props: ShellFacts & { banner?: ReactNode; children: ReactNode }) {
  const foot = (
    <SidebarFoot operator={props.operator} version={props.version} signOut={props.signOut} />
  );
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed start-3 top-3 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-5 overflow-y-auto border-e bg-sunken p-3 lg:flex">
        <Link href="/" aria-label="Rollbook, overview" className="w-fit rounded-md px-2 pt-2">
          <Logo />
        </Link>
        <Finder />
        <div className="flex-1">
          <Navigation />
        </div>
        {foot}
      </aside>
      <NavigationSheet logo={<Logo />} navigation={<Navigation />}>
        {foot}
      </NavigationSheet>
      <div className="min-w-0">
        {props.banner}
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[96rem] px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-4"
        >
          <HeadingFocus />
          <KeptFocus />
          {props.children}
        </main>
      </div>
    </div>
  );
}
