package hgn.cli;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name. */
  public static void main(String[] args) {
    System.out.println("hgn4j");
  }
}
