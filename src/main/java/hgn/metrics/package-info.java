/**
 * What is measured of a learnt motion beside pixel errors, on plain arrays: how long a prediction
 * holds, whether the learnt coordinates are canonical, and whether samples are as diverse as data.
 */
package hgn.metrics;
