/** The program's commands, one per file. Only code here and below prints or exits. */
package hgn.cli;
