/** Digits of a number that a spreadsheet keeps; what stands behind them is noise of binary fractions. */
const DIGITS = 15;
/** Beyond these powers of ten a number is written with an exponent: nobody counts such zeros. */
const LARGEST_POWER = 30;
const SMALLEST_POWER = -15;

/** Whether a number is written as a plain whole number. */
export function wholeNumber(digits: string): boolean {
  return /^(?:0|-?[1-9]\d*)$/.test(digits);
}

/**
 * Shows a number as a cell without a format does, but for two things that would lose digits: it is never cut to the
 * width of a column, and long ones are written out.
 */
export function generalNumber(value: number): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = "0"] = value.toExponential(DIGITS - 1).split("e");
  const power = Number(exponent);
  const digits = mantissa.replace(/[-.]/g, "").replace(/0+$/, "");
  const sign = value < 0 ? "-" : "";
  if (power > LARGEST_POWER || power < SMALLEST_POWER) return sign + withExponent(digits, power);
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  const fraction = digits.slice(power + 1);
  return sign + whole + (fraction === "" ? "" : `.${fraction}`);
}

function withExponent(digits: string, power: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${digits.slice(0, 1)}${fraction}E${power < 0 ? "-" : "+"}${Math.abs(power)}`;
}
