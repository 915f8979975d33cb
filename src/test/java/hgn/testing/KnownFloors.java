package hgn.testing;

import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.reproduce.Budget;
import hgn.reproduce.sections.ErrorBoundsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file of known floors, so that none is computed. */
public final class KnownFloors {
  private KnownFloors() {}

  /** Noise 5e-4, constant image 50e-4, best motion and prediction 6e-4 on every system. */
  public static ErrorBoundsTable in(Path folder) throws IOException {
    Files.createDirectories(folder);
    String entries =
        Systems.all().stream()
            .map(PhysicalSystem::name)
            .flatMap(KnownFloors::entries)
            .collect(Collectors.joining(",", "{", "}"));
    Files.writeString(folder.resolve("floors.json"), entries);
    return new ErrorBoundsTable(
        folder,
        Budget.QUICK,
        what -> {
          throw new AssertionError(what + " is computed");
        });
  }

  private static Stream<String> entries(String system) {
    Stream<String> bounds =
        List.of("published", "table1", "smooth").stream()
            .map(
                renderer ->
                    "\"%s %s\":{\"noise\":[5e-4,0],\"constant\":[50e-4,1e-4]}"
                        .formatted(system, renderer));
    Stream<String> possible =
        List.of("all", "5").stream()
            .map(
                frames ->
                    "\"%s from %s on 48\":{\"single\":[6e-4,1e-4],\"bayes\":[6e-4,1e-4]}"
                        .formatted(system, frames));
    return Stream.concat(bounds, possible);
  }
}
