import type { MailServer } from "./schema.ts";

const PORTS: Record<MailServer["security"], number> = { tls: 465, starttls: 587, none: 25 };

/** A mail server by its URL, or what is wrong with that. */
export function mailServerOf(text: string): Omit<MailServer, "from"> | string {
  const wrong =
    "must be smtps://user:password@host (TLS from the start) or smtp://user:password@host (STARTTLS), with a port where it is another";
  if (!URL.canParse(text)) return wrong;
  const { protocol, hostname, port, username, password, search, pathname } = new URL(text);
  if (!/^smtps?:$/.test(protocol) || hostname === "" || !["", "/"].includes(pathname)) return wrong;
  if (!["", "?tls=none"].includes(search)) return "knows no other parameter than tls=none";
  if (search !== "" && protocol === "smtps:") return "cannot be smtps:// with tls=none";
  const security = protocol === "smtps:" ? "tls" : search === "" ? "starttls" : "none";
  try {
    const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    return { host, port: Number(port) || PORTS[security], security, user, password: secret };
  } catch {
    return "has a user name or password that is not encoded for an address";
  }
}
