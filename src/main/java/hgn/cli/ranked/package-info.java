/** A command on several ranks: who speaks, and how all of them end. */
package hgn.cli.ranked;
