/**
 * The campaign of trainings that reproduces the paper's tables and figures: running, stopping and
 * resuming them.
 */
package hgn.reproduce;
