package hgn.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Questions about trained runs. */
public final class RunApi implements Api, AutoCloseable {
  /** Questions that wait for others; a page that gives up asks again. */
  private static final int WAITING = 12;

  private final List<Shelved> runs;
  private final Semaphore places = new Semaphore(WAITING);

  /** Answers about these runs. */
  public RunApi(List<Shelved> runs) {
    this.runs = List.copyOf(runs);
  }

  @Override
  public Reply answer(String name, Query query) {
    if (name.equals("runs")) {
      return Reply.json(Map.of("runs", list(), "live", false));
    }
    if (!places.tryAcquire()) {
      throw new RequestException(RequestException.BUSY, "the model is busy; try again in a moment");
    }
    try {
      return about(run(query), name, query);
    } finally {
      places.release();
    }
  }

  private List<Map<String, Object>> list() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Shelved run : runs) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", all.size());
      entry.put("name", run.name());
      entry.put("path", run.path());
      entry.put("error", run.problem().orElse(null));
      all.add(entry);
    }
    return all;
  }

  private ExploredRun run(Query query) {
    int id = query.whole("run", 0, Integer.MAX_VALUE);
    if (id >= runs.size()) {
      throw new RequestException(RequestException.NOT_FOUND, "there is no run " + id);
    }
    return runs.get(id).open();
  }

  private static Reply about(ExploredRun run, String name, Query query) {
    return switch (name) {
      case "run" -> {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("id", query.whole("run", 0, Integer.MAX_VALUE));
        info.put("name", run.folder().path().getFileName().toString());
        info.putAll(run.info());
        yield Reply.json(info);
      }
      case "film" -> Reply.json(run.film(query));
      case "truth" -> Reply.json(run.truth(query));
      case "latents" -> Reply.json(run.latents(query));
      case "portrait" -> Reply.json(run.portraits());
      case "energies" -> Reply.json(run.energies(query));
      case "errors" -> Reply.json(run.errors());
      case "curves" -> Reply.json(RunCurves.json(run.folder()));
      case "export" -> run.export(query);
      default ->
          throw new RequestException(
              RequestException.NOT_FOUND, "there is no question '" + name + "'");
    };
  }

  @Override
  public void close() {
    runs.forEach(Shelved::close);
  }
}
