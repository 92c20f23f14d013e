import { describe, expect, test } from "vitest";
import { createSealer, deriveSecret, SealBroken } from "#lib/auth/secrets/seal.ts";

const secret = "a".repeat(32);
const older = "b".repeat(32);

describe("createSealer", () => {
  test("opens what it sealed, for the same purpose", () => {
    const sealer = createSealer(secret);
    const sealed = sealer.seal("ein Geheimnis ✓", "access token");
    expect(sealed).not.toContain("Geheimnis");
    expect(sealer.unseal(sealed, "access token")).toBe("ein Geheimnis ✓");
  });

  test("seals the same text differently each time", () => {
    const sealer = createSealer(secret);
    expect(sealer.seal("x", "p")).not.toBe(sealer.seal("x", "p"));
  });

  test("opens an empty text", () => {
    const sealer = createSealer(secret);
    expect(sealer.unseal(sealer.seal("", "p"), "p")).toBe("");
  });

  test("opens what the previous secret sealed and seals with the new one", () => {
    const sealed = createSealer(older).seal("kept", "p");
    const rotated = createSealer(secret, older);
    expect(rotated.unseal(sealed, "p")).toBe("kept");
    expect(createSealer(secret).unseal(rotated.seal("new", "p"), "p")).toBe("new");
  });

  test("refuses another purpose", () => {
    const sealer = createSealer(secret);
    expect(() => sealer.unseal(sealer.seal("x", "key"), "token")).toThrow(SealBroken);
  });

  test("refuses a secret it does not know, naming the key and not the value", () => {
    const sealed = createSealer(older).seal("x", "token");
    const keyId = sealed.split(".")[1];
    expect(() => createSealer(secret).unseal(sealed, "token")).toThrow(
      expect.objectContaining({ code: "auth.seal_broken", purpose: "token", keyId }),
    );
  });

  test.each(["", "v1", "v1.x.y.z", "v2.a.b.c", "v1..."])(
    "refuses the malformed value %j",
    (value) => {
      expect(() => createSealer(secret).unseal(value, "p")).toThrow(SealBroken);
    },
  );

  test("refuses a value with any character of its body changed", () => {
    const sealer = createSealer(secret);
    const [version, keyId, iv, body] = sealer.seal("forty-two", "p").split(".") as string[];
    for (let at = 0; at < (body ?? "").length - 1; at += 1) {
      const changed = `${body?.slice(0, at)}${body?.[at] === "A" ? "B" : "A"}${body?.slice(at + 1)}`;
      expect(() => sealer.unseal([version, keyId, iv, changed].join("."), "p")).toThrow(SealBroken);
    }
  });
});

describe("deriveSecret", () => {
  test("differs by use and by secret", () => {
    const derived = [
      deriveSecret(secret, "session"),
      deriveSecret(secret, "seal"),
      deriveSecret(older, "session"),
    ].map((bytes) => bytes.toString("hex"));
    expect(new Set(derived).size).toBe(3);
  });
});
