/** Digits pressed at a terminal, without Enter; nothing where there is no terminal. Ctrl-C is a signal as ever. */

/** @param onDigit Is told which, from 1 */
export function watchKeys(onDigit: (digit: number) => void): AsyncDisposable {
  const { stdin } = process;
  if (!stdin.isTTY) return { [Symbol.asyncDispose]: () => Promise.resolve() };
  const hear = (pressed: Buffer): void => {
    for (const sign of String(pressed)) {
      if (sign === "\u0003") process.kill(process.pid, "SIGINT"); // a terminal that gives each key gives this one, too
      const digit = digitOf(sign);
      if (digit > 0) onDigit(digit);
    }
  };
  stdin.setRawMode(true);
  stdin.on("data", hear);
  stdin.resume();
  return {
    [Symbol.asyncDispose]() {
      stdin.off("data", hear);
      stdin.setRawMode(false);
      stdin.pause();
      return Promise.resolve();
    },
  };
}

/** Also as a Persian or an Arabic keyboard writes it. @returns NaN for what is no digit */
function digitOf(sign: string): number {
  const at = Math.max("۰۱۲۳۴۵۶۷۸۹".indexOf(sign), "٠١٢٣٤٥٦٧٨٩".indexOf(sign));
  return at >= 0 ? at : /^\d$/.test(sign) ? Number(sign) : Number.NaN;
}
