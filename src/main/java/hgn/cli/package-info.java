/** The program: commands, progress and error reports. Only here is anything printed or exited. */
package hgn.cli;
