package hgn.ranks;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a launcher such as {@code mpirun} or {@code srun} has started this process, by the variables
 * that it sets.
 *
 * @param size how many processes it has started
 * @param rank the number of this one
 */
public record Launch(int size, int rank) {
  /** Variables for the number of processes and that of this one, by launcher. */
  private static final List<List<String>> VARIABLES =
      List.of(
          List.of("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"), // Open MPI
          List.of("PMI_SIZE", "PMI_RANK"), // MPICH, Slurm
          List.of("SLURM_STEP_NUM_TASKS", "PMIX_RANK")); // Slurm

  /** The launch that an environment tells of; empty if this process is alone. */
  public static Optional<Launch> of(Map<String, String> environment) {
    return VARIABLES.stream()
        .filter(names -> names.stream().allMatch(name -> isNumber(environment.get(name))))
        .map(
            names ->
                new Launch(
                    Integer.parseInt(environment.get(names.get(0))),
                    Integer.parseInt(environment.get(names.get(1)))))
        .findFirst()
        .filter(launch -> launch.size > 1);
  }

  private static boolean isNumber(String text) {
    return text != null && text.matches("[0-9]{1,9}");
  }
}
