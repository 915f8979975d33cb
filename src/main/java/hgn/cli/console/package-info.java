/**
 * What commands share towards the user: progress, the terminal, interruption, errors and how
 * numbers are printed.
 */
package hgn.cli.console;
