/**
 * A campaign of trainings, from which the paper's tables and figures are made again: which
 * trainings there are, and how they are made, stopped and continued.
 */
package hgn.reproduce;
