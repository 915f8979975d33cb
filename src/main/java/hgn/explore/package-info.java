/**
 * A trained model to play with in a browser: a server on this machine alone, which computes with
 * the run's own model and answers the page in {@code src/main/resources/explore}.
 *
 * <p>{@link hgn.explore.ExploreServer} listens, {@code Guard} lets requests in, {@code Api} knows
 * what they may ask for, and {@code ExploredRun} answers for one run.
 */
package hgn.explore;
