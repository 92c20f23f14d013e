import { existsSync, readFileSync } from "node:fs";
import { SetupFailed, run, say } from "./say.mjs";

const usualPlaces = [
  // Without the windows that nobody sees, a page takes two thirds of the time.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser for the tests: the one in CHROME, Playwright's own, or one that is installed. */
export async function findBrowser() {
  const { chromium } = await import("@playwright/test");
  const places = [process.env.CHROME, chromium.executablePath(), ...usualPlaces];
  return places.find((place) => place && existsSync(place));
}

/** Finds a browser, or installs one where that is possible without asking. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  if (isDebianRoot()) await installFromDebian();
  else await installFromPlaywright();
  const installed = await findBrowser();
  if (installed) return installed;
  throw new SetupFailed("No browser was found after the installation; set CHROME to its path.");
}

async function installFromDebian() {
  say("Installing Chromium from Debian for the browser tests …");
  await run("apt-get", ["update", "-qq"]);
  // Older releases have no headless shell of their own.
  await install("chromium-headless-shell").catch(() => install("chromium"));
}

/** @param {string} debianPackage */
function install(debianPackage) {
  return run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", debianPackage], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
}

async function installFromPlaywright() {
  say("Installing Chromium for the browser tests (npx playwright install chromium) …");
  const command = ["node_modules/@playwright/test/cli.js", "install", "chromium"];
  await run(process.execPath, command).catch((error) => {
    throw new SetupFailed(
      `${error.message}\nThe browser tests need Chromium: install it, or run ` +
        "`npx playwright install --with-deps chromium`, or set CHROME to its path.",
    );
  });
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  // Ubuntu's package of that name only asks for a snap.
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
