/** Checks derivatives against difference quotients. */
package hgn.autograd.check;
