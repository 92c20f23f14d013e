import { encode } from "uqr";

/** A QR code as an SVG path, one unit a module; its quiet zone is part of it. */
export type QrCode = { size: number; path: string };

/** @see ISO/IEC 18004, of which four modules of quiet zone */
export function qrCodeOf(text: string): QrCode {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size, path: dark.join("") };
}
