/** Suggestions for misspelt words, and formatting. */
package hgn.text;
