/**
 * Filmstrips, animations, curves and pages, made from plain float frames and number series. Files
 * are written atomically.
 */
package hgn.report;
