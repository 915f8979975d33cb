/** Options and arguments that several commands share. */
package hgn.cli.options;
