// Frames as bytes: unpacked, compared and painted, one canvas pixel for each of theirs.

const CHANNELS = 3;
const BYTE = 255;

/** Frames of one film: size * size RGB bytes each, one after another. */
export class Frames {
  #bytes;

  constructor(base64, size) {
    this.size = size;
    this.#bytes = bytesOf(base64);
  }

  get count() {
    return this.#bytes.length / this.#length;
  }

  at(index) {
    return this.#bytes.subarray(index * this.#length, (index + 1) * this.#length);
  }

  get #length() {
    return this.size * this.size * CHANNELS;
  }
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) {
    return Uint8Array.fromBase64(base64);
  }
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  return bytes;
}

/** Paints RGB bytes; the style sheet scales the canvas up without smoothing. */
export function paint(canvas, rgb, size) {
  if (canvas.width !== size || canvas.height !== size) {
    canvas.width = size;
    canvas.height = size;
  }
  const image = new ImageData(size, size);
  for (let pixel = 0; pixel < size * size; pixel++) {
    image.data[4 * pixel] = rgb[CHANNELS * pixel];
    image.data[4 * pixel + 1] = rgb[CHANNELS * pixel + 1];
    image.data[4 * pixel + 2] = rgb[CHANNELS * pixel + 2];
    image.data[4 * pixel + 3] = BYTE;
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
}

/** Empties a canvas to transparency. */
export function wipe(canvas) {
  canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height);
}

/** Half of prediction - truth about middle grey: grey where both agree. */
export function difference(prediction, truth) {
  return Uint8Array.from(prediction, (value, i) => Math.round((BYTE + value - truth[i]) / 2));
}

/** The mean of squared differences, of colours from 0 to 1. */
export function meanSquaredError(prediction, truth) {
  let sum = 0;
  for (let i = 0; i < prediction.length; i++) {
    sum += ((prediction[i] - truth[i]) / BYTE) ** 2;
  }
  return sum / prediction.length;
}
