/**
 * Films that others made: told by their content, read by the packages below, brought to one size,
 * and kept in a cache from which windows are cut for training.
 */
package hgn.films;
