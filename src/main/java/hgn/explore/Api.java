package hgn.explore;

/** What the page may ask for. */
public interface Api {
  /**
   * Answers a question.
   *
   * @param name what is asked for, such as {@code film}
   * @param query its parameters
   */
  Reply answer(String name, Query query);
}
