/**
 * What people look at: filmstrips, animated images and curves, made from plain float frames and
 * number series. Every file appears whole or not at all.
 */
package hgn.report;
