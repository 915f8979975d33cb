/**
 * The processes that train one model together: what they exchange, and sums over them whose
 * rounding does not depend on their number.
 */
package hgn.ranks;
