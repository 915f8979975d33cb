/** Options and arguments shared by commands. */
package hgn.cli.options;
