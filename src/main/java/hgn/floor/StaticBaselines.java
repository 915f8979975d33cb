package hgn.floor;

import hgn.physics.PhasePath;

/**
 * Errors of static baselines: the best constant image for all films, which is the mean of all their
 * frames; each film's mean frame; each film's first frame.
 *
 * @param constant error of the best constant image
 * @param meanFrame error of each film's mean frame
 * @param persistence error of each film's first frame
 */
record StaticBaselines(FloorEstimate constant, FloorEstimate meanFrame, FloorEstimate persistence) {
  /** Measures them on the target frames of all films. */
  static StaticBaselines of(FloorSettings settings, TestFilms films) {
    NoisyFrameRenderer artist = new NoisyFrameRenderer(settings);
    FrameMean everything = new FrameMean(artist.frameLength());
    double[] constant = new double[settings.films()];
    double[] meanFrame = new double[settings.films()];
    double[] persistence = new double[settings.films()];
    for (int film = 0; film < settings.films(); film++) {
      for (float[] frame : frames(settings, films, artist, film)) {
        everything.add(frame);
      }
    }
    FrameMean own = new FrameMean(artist.frameLength());
    FrameMean first = new FrameMean(artist.frameLength());
    for (int film = 0; film < settings.films(); film++) {
      float[][] frames = frames(settings, films, artist, film);
      own.clear();
      for (float[] frame : frames) {
        own.add(frame);
      }
      first.clear();
      first.add(frames[0]);
      constant[film] = error(everything, frames);
      meanFrame[film] = error(own, frames);
      persistence[film] = error(first, frames);
    }
    return new StaticBaselines(
        FloorEstimate.of(constant), FloorEstimate.of(meanFrame), FloorEstimate.of(persistence));
  }

  private static double error(FrameMean image, float[][] frames) {
    double sum = 0;
    for (float[] frame : frames) {
      sum += image.distance(frame);
    }
    return sum / frames.length;
  }

  private static float[][] frames(
      FloorSettings settings, TestFilms films, NoisyFrameRenderer artist, int film) {
    PhasePath drawn = films.drawn(film);
    float[][] frames = new float[settings.clip().framesOut()][];
    for (int t = 0; t < frames.length; t++) {
      frames[t] = artist.draw(drawn.state(settings.clip().start() + t), 0).clone();
    }
    return frames;
  }
}
