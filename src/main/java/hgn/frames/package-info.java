/**
 * From a path in phase space to pixels: renderers, and a generator whose rollouts are pure
 * functions of (system, seed, split, index), so that no data set need be stored.
 *
 * <p>A frame is float32 RGB in [0, 1], row-major (height, width, 3); row 0 is the top and y points
 * down.
 */
package hgn.frames;
