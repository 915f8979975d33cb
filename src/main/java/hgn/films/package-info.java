/**
 * Films that others made: read from folders of pictures, GIF, NumPy, HDF5, TFRecord, safetensors
 * and video files, brought to one size, and kept in a cache from which windows are cut for
 * training.
 */
package hgn.films;
