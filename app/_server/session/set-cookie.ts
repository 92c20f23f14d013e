export type Cookie = {
  name: string;
  value: string;
  path?: string;
  maxAge?: number;
  httpOnly?: boolean;
  secure?: boolean;
  sameSite?: "lax" | "strict" | "none";
};

/** Reads one `Set-Cookie` value, as the sign-in library writes it. */
export function parseSetCookie(header: string): Cookie {
  const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
  const [name, value] = splitOnce(pair);
  const cookie: Cookie = { name, value: decodeURIComponent(value) };
  for (const attribute of attributes) {
    const [key, setting] = splitOnce(attribute);
    applyAttribute(cookie, key.toLowerCase(), setting);
  }
  return cookie;
}

function applyAttribute(cookie: Cookie, key: string, setting: string): void {
  if (key === "path") cookie.path = setting;
  if (key === "max-age") cookie.maxAge = Number(setting);
  if (key === "httponly") cookie.httpOnly = true;
  if (key === "secure") cookie.secure = true;
  if (key === "samesite") cookie.sameSite = setting.toLowerCase() as Cookie["sameSite"];
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
