/**
 * The paper's tables and figures again: which trainings each needs, a campaign that makes them and
 * can be stopped, and the report that sets the paper's numbers beside ours.
 */
package hgn.reproduce;
