/**
 * The user interface shared by commands: progress, terminal, interruption, errors and number
 * formats.
 */
package hgn.cli.console;
