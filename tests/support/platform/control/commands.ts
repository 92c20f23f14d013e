import type { z } from "zod";
import { setUpCommands } from "./set-up-commands.ts";
import { faultCommands } from "./fault-commands.ts";
import { gradebookCommands } from "./gradebook-commands.ts";
import { launchCommands } from "./launch-commands.ts";
import { observationCommands } from "./observation-commands.ts";

export const commands = {
  ...setUpCommands,
  ...gradebookCommands,
  ...faultCommands,
  ...launchCommands,
  ...observationCommands,
};

type Commands = typeof commands;

export type CommandName = keyof Commands;
export type CommandInput<Name extends CommandName> = z.input<Commands[Name]["schema"]>;
export type CommandAnswer<Name extends CommandName> = Awaited<ReturnType<Commands[Name]["run"]>>;
