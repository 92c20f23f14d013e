import { SetupFailed } from "./say.mjs";

const needed = [20, 19];

export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  throw new SetupFailed(`Node ${needed.join(".")} or newer is needed; this is ${process.version}.`);
}
