/** The program's commands, one a file. Only here and below is anything printed or exited. */
package hgn.cli;
