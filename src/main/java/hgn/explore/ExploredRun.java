package hgn.explore;

import hgn.autograd.Tape;
import hgn.config.Config;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.files.OneLine;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.model.FilmModel;
import hgn.predict.LearntPaths;
import hgn.run.RunFolder;
import hgn.tensor.Arena;
import hgn.train.Experiment;
import hgn.train.LoadedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One trained model, and what the page asks of it. Everything is computed by one thread at a time;
 * what does not change is computed once.
 */
final class ExploredRun implements AutoCloseable {
  static final List<Double> SPEEDS = List.of(0.25, 0.5, 1.0, 2.0, 4.0);

  /**
   * Frames of the slider to each side; fewer of large frames, so that a film stays some megabytes.
   */
  private static final int REACH = 60;

  private static final int REACH_OF_LARGE = 30;
  private static final int LARGE = 64;

  private final LoadedRun run;
  private final Experiment experiment;
  private final FilmModel model;
  private final Rollouts films;
  private final Beginnings beginnings;
  private final int clips;
  private Portrait portrait;
  private Optional<TruePortrait> truth;
  private ActiveLatents latents;
  private Map<String, Object> errors;

  /** Takes over the run, which {@link #close} closes. */
  ExploredRun(LoadedRun run) {
    this.run = run;
    experiment = run.experiment();
    model = experiment.model();
    films = experiment.films(Split.TEST);
    beginnings = new Beginnings(experiment);
    clips = experiment.config().data().testRollouts();
  }

  /** Returns the folder. */
  RunFolder folder() {
    return run.folder();
  }

  /** Returns what the run is. */
  synchronized Map<String, Object> info() {
    Config config = experiment.config();
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("path", run.folder().toString());
    info.put("system", experiment.isRecorded() ? "films" : config.data().filmed().name());
    info.put("title", config.data().title());
    info.put("preset", config.model().preset());
    info.put("variant", model.parameters().owner());
    info.put("parameters", model.parameters().count());
    info.put("steps", run.steps());
    info.put("checkpoint", run.checkpoint().getFileName().toString());
    info.put("configuration", config.toYaml());
    info.put("frameSize", model.frameSize());
    info.put("channels", model.frameChannels());
    info.put("dt", films.dt());
    info.put("framesOut", experiment.window().framesOut());
    info.put("lead", experiment.window().lead());
    int start = experiment.window().start();
    info.put("seen", List.of(-start, experiment.window().framesIn() - 1 - start));
    info.put("clips", clips);
    info.put("hasEnergy", model.energy().isPresent());
    info.put("hasPrior", model.latent(1).isPresent() && !config.model().deterministic());
    info.put("hasPlane", true);
    info.put("integrators", Integrators.all().stream().map(Integrator::name).toList());
    info.put("integrator", config.model().integrator());
    info.put("latents", beginnings.latents());
    info.put("knowsStates", truth().isPresent());
    info.put("back", reach());
    info.put("ahead", reach());
    info.put("speeds", SPEEDS);
    info.put("test", RunSummary.test(run.folder()));
    return info;
  }

  private int reach() {
    return model.frameSize() >= LARGE ? REACH_OF_LARGE : REACH;
  }

  /** Returns a predicted film. */
  synchronized Map<String, Object> film(Query query) {
    Moving moving = moving(query);
    return computed(
        () -> {
          Motion motion = motion(moving, moving.integrator());
          LearntPaths paths = motion.paths(model);
          Map<String, Object> film = new LinkedHashMap<>();
          film.put("times", times());
          film.put("step", moving.step());
          film.put("size", model.frameSize());
          film.put("frames", Numbers.frames(motion.film(model), model.frameChannels()));
          film.put("path", Numbers.of(portrait().plane().points(paths.states()[0])));
          film.put("energy", paths.energies().map(h -> Numbers.of(h[0])).orElse(null));
          return film;
        });
  }

  /** Returns the film of what happened. */
  synchronized Map<String, Object> truth(Query query) {
    int clip = query.whole("clip", 0, clips - 1);
    double speed = speed(query);
    int start = experiment.window().start();
    TrueMotion truth = TrueMotion.of(films, clip, start, speed * films.dt(), reach(), reach());
    int count = truth.count(films);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("times", IntStream.range(truth.first(), truth.first() + count).boxed().toList());
    json.put("size", films.resolution());
    json.put("frames", Numbers.frames(truth.frames(), films.colours()));
    json.put(
        "path",
        truth()
            .map(known -> Numbers.of(known.path(clip, start, truth.first(), count, speed)))
            .orElse(null));
    return json;
  }

  /** Returns the latents that the model uses. */
  synchronized Map<String, Object> latents(Query query) {
    Source source = Source.of(query, clips, beginnings.latents());
    return computed(
        () -> {
          Optional<double[]> z = beginnings.latents(source);
          int clip = source.kind() == Source.Kind.CLIP ? source.clip() : -1;
          return z.isEmpty() ? Map.of("latents", List.of()) : latents().json(z.get(), clip);
        });
  }

  /** Returns the phase portrait. */
  synchronized Map<String, Object> portraits() {
    Map<String, Object> json = new LinkedHashMap<>(portrait().json());
    json.put("truth", truth().map(TruePortrait::json).orElse(null));
    return json;
  }

  /** Returns the energy along a motion, for each of several integrators. */
  synchronized Map<String, Object> energies(Query query) {
    Moving moving = moving(query);
    List<Map<String, Object>> series = new ArrayList<>();
    for (String integrator : query.text("integrators", moving.integrator()).split(",")) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("integrator", integrator);
      line.put("values", null);
      line.put("error", null);
      try {
        requireIntegrator(integrator);
        line.put("values", computed(() -> energies(moving, integrator)));
      } catch (RuntimeException failed) {
        line.put("error", OneLine.of(String.valueOf(failed.getMessage())));
      }
      series.add(line);
    }
    return Map.of("times", times(), "series", series);
  }

  private List<Double> energies(Moving moving, String integrator) {
    return motion(moving, integrator)
        .paths(model)
        .energies()
        .map(h -> Numbers.of(h[0]))
        .orElseThrow(
            () ->
                new RequestException(
                    RequestException.BAD_REQUEST, "this model's dynamics have no energy"));
  }

  /** Returns errors frame by frame. */
  synchronized Map<String, Object> errors() {
    if (errors == null) {
      errors = new FrameErrors(experiment, clips).json();
    }
    return errors;
  }

  /** Returns a predicted film as a file to save. */
  synchronized Reply export(Query query) {
    Moving moving = moving(query);
    FilmDownload download = FilmDownload.named(query.text("as", "gif"));
    return computed(
        () -> {
          Motion motion = motion(moving, moving.integrator());
          return download.of(
              new FilmDownload.Content(
                  run.folder().path().getFileName().toString(),
                  model.frameSize(),
                  model.frameChannels(),
                  motion.film(model),
                  motion.paths(model),
                  -reach() * moving.step(),
                  moving.step()));
        });
  }

  /** A motion that is asked for. */
  private record Moving(Source source, double step, String integrator) {}

  private Moving moving(Query query) {
    String integrator = query.text("integrator", "");
    if (!integrator.isEmpty()) {
      requireIntegrator(integrator);
    }
    Source source = Source.of(query, clips, beginnings.latents());
    return new Moving(source, speed(query) * films.dt(), integrator);
  }

  private static double speed(Query query) {
    return query.number("speed", 1, SPEEDS.get(0), SPEEDS.get(SPEEDS.size() - 1));
  }

  private static void requireIntegrator(String name) {
    try {
      Integrators.named(name);
    } catch (IllegalArgumentException unknown) {
      throw new RequestException(RequestException.BAD_REQUEST, unknown.getMessage());
    }
  }

  private Motion motion(Moving moving, String integrator) {
    var start = beginnings.state(moving.source(), portrait().plane());
    return Motion.of(model, start, integrator, moving.step(), reach(), reach());
  }

  private List<Integer> times() {
    return IntStream.rangeClosed(-reach(), reach()).boxed().toList();
  }

  /** Computes without recording, and frees what was used. */
  private static <T> T computed(Supplier<T> work) {
    try (Arena arena = Arena.open("explore");
        Tape.Mode off = Tape.pause()) {
      return work.get();
    }
  }

  private Portrait portrait() {
    if (portrait == null) {
      portrait = new Portrait(experiment, clips);
    }
    return portrait;
  }

  private Optional<TruePortrait> truth() {
    if (truth == null) {
      truth = TruePortrait.of(experiment, clips);
    }
    return truth;
  }

  private ActiveLatents latents() {
    if (latents == null) {
      latents = new ActiveLatents(experiment, clips);
    }
    return latents;
  }

  @Override
  public synchronized void close() {
    run.close();
  }
}
