/**
 * The sections of the report, one per file: the paper's tables and figures, and additional ones.
 */
package hgn.reproduce.sections;
