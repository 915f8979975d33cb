/**
 * The sections of the report, one a file: the paper's tables and figures, and what goes beyond
 * them.
 */
package hgn.reproduce.sections;
