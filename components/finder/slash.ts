const KEY = "rollbook.slash";

/** Whether a slash opens the finder: a shortcut of one character can be switched off (WCAG 2.1.4). */
export function isSlashOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

export function setSlash(isOn: boolean): void {
  try {
    localStorage.setItem(KEY, isOn ? "on" : "off");
  } catch {
    // A browser that keeps nothing keeps the shortcut.
  }
}
