package hgn.cli.nhf;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups the commands for Neural Hamiltonian Flows. */
@Command(
    name = "flow",
    header = "Learn a density on the plane with a Neural Hamiltonian Flow.",
    subcommands = {NhfTrain.class, NhfEvaluate.class, NhfSample.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Nhf implements Runnable {
  @Spec private CommandSpec spec;

  Nhf() {}

  /** Without a command, prints the usage. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
