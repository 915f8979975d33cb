/** Words that people mistype. */
package hgn.text;
