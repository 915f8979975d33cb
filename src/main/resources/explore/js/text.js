// Numbers as words of the page.

const MINUS = '\u2212';

/** So many decimals, with a true minus sign. */
export function fixed(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return (value < 0 && Number(text) !== 0 ? MINUS : '') + text;
}

/** A mean squared error in units of 1e-4, as everywhere in this program: 10.41e-4. */
export function error(value) {
  return value === null || !Number.isFinite(value) ? 'unknown' : fixed(value * 1e4, 2) + 'e-4';
}

/** Four significant digits, in powers of ten only where these are shorter. */
export function significant(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '-';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    return value.toExponential(digits - 2).replace(/^-/, MINUS);
  }
  const plain = Number(value.toPrecision(digits));
  return String(plain).replace('-', MINUS);
}

/** A whole number with commas: 658,917. */
export function whole(value) {
  return Math.round(value).toLocaleString('en');
}

/** Seconds as m:ss, or h:mm:ss. */
export function duration(seconds) {
  const all = Math.max(0, Math.round(seconds));
  const two = number => String(number).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

/** A factor as one writes it: 1/4, 1/2, 1, 2. */
export function factor(value) {
  return value < 1 && Number.isInteger(1 / value) ? `1/${1 / value}` : String(value);
}
