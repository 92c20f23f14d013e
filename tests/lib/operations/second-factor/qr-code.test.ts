import jsQR from "jsqr";
import { expect, test } from "vitest";
import { newTotpSecret, totpUri } from "#lib/auth/second-factor/totp.ts";
import { qrCodeOf } from "#lib/operations/second-factor/qr-code.ts";

const SCALE = 4;

/** The picture as a camera gets it: black and white points. */
function photographed({ size, path }: { size: number; path: string }) {
  const width = size * SCALE;
  const points = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < SCALE; row++)
      for (let column = 0; column < SCALE; column++) {
        const at = (Number(y) * SCALE + row) * width + Number(x) * SCALE + column;
        points.fill(0, at * 4, at * 4 + 3);
      }
  return jsQR(points, width, width);
}

test("what a camera reads is the address that apps open", () => {
  const uri = totpUri({ secret: newTotpSecret(), account: "ada.lovelace@example.edu" });
  expect(photographed(qrCodeOf(uri))?.data).toBe(uri);
});

test("four modules around it are light, as readers need", () => {
  const { size, path } = qrCodeOf("a key");
  const places = [...path.matchAll(/M(\d+) (\d+)h/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...places)).toBe(4);
  expect(Math.max(...places)).toBe(size - 5);
});
