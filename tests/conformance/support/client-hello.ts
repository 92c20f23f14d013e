const SUPPORTED_VERSIONS = 0x002b;
const NAMES: Readonly<Record<number, string>> = {
  0x0301: "1.0",
  0x0302: "1.1",
  0x0303: "1.2",
  0x0304: "1.3",
};

/** The TLS versions that a client offers in its first message (RFC 8446 §4.1.2, §4.2.1). */
export function offeredTlsVersions(hello: Buffer): string[] {
  // Record and handshake headers, legacy version and random come first.
  let at = 5 + 4 + 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  const end = at + 2 + hello.readUInt16BE(at);
  for (at += 2; at < end; at += 4 + hello.readUInt16BE(at + 2)) {
    if (hello.readUInt16BE(at) === SUPPORTED_VERSIONS) return versionsIn(hello, at + 4);
  }
  throw new Error("the client hello offers no versions");
}

function versionsIn(hello: Buffer, at: number): string[] {
  const count = hello.readUInt8(at) / 2;
  return Array.from({ length: count }, (_, index) => {
    const version = hello.readUInt16BE(at + 1 + 2 * index);
    return NAMES[version] ?? version.toString(16);
  });
}
