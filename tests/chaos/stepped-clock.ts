/*
 * Loaded into a worker before the product: its wall clock can be set while it runs, as an operator
 * or a time server sets one. What measures durations (`performance.now`) is left alone.
 */
const real = Date;
let offsetMs = 0;
const now = () => real.now() + offsetMs;

globalThis.Date = new Proxy(real, {
  construct: (target, given: unknown[], asked) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, asked) as Date,
  get: (target, key): unknown => (key === "now" ? now : Reflect.get(target, key)),
});

process.on("message", (message: { clockOffsetMs: number }) => {
  offsetMs = message.clockOffsetMs;
});
// Waiting for such messages must not keep a worker alive that has ended.
process.channel?.unref();
