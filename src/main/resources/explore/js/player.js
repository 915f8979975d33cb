// Moves the present time: frame by frame, or playing, forward or backward, around the ends.

/** The same at each speed: at 1/4 of the model's time step, motion is four times slower. */
const FRAMES_PER_SECOND = 12;

export class Player {
  #room;
  #direction = 0;
  #last = 1;
  #since = 0;
  #listeners = [];

  constructor(room) {
    this.#room = room;
    room.on('film', () => room.film && this.go(room.time));
  }

  /** 1 while the film plays forward, -1 backward, 0 while it rests. */
  get direction() {
    return this.#direction;
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  play(direction) {
    const rested = this.#direction === 0;
    this.#direction = direction;
    this.#last = direction;
    this.#since = performance.now();
    if (rested) {
      requestAnimationFrame(now => this.#tick(now));
    }
    this.#listeners.forEach(listener => listener());
  }

  pause() {
    this.#direction = 0;
    this.#listeners.forEach(listener => listener());
  }

  /** Plays on in the direction it last had, or pauses. */
  toggle(direction = this.#last) {
    if (this.#direction === direction) {
      this.pause();
    } else {
      this.play(direction);
    }
  }

  /** Pauses, and goes so many frames on. */
  step(frames) {
    this.pause();
    this.#move(frames);
  }

  /** Goes to a time, or to the end nearest to it. */
  go(time) {
    const {run} = this.#room;
    this.#room.view.set({t: Math.min(run.ahead, Math.max(-run.back, time))});
  }

  #move(frames) {
    const {run, time} = this.#room;
    const count = run.back + run.ahead + 1;
    const index = (((time + run.back + frames) % count) + count) % count;
    this.go(index - run.back);
  }

  #tick(now) {
    if (this.#direction === 0) {
      return;
    }
    const frames = Math.floor((now - this.#since) * FRAMES_PER_SECOND / 1000);
    if (frames > 0) {
      this.#since += frames * 1000 / FRAMES_PER_SECOND;
      if (this.#room.film) {
        // After a pause of the browser, such as in a hidden tab, the film goes on where it was.
        this.#move(this.#direction);
        this.#since = Math.max(this.#since, now - 1000 / FRAMES_PER_SECOND);
      }
    }
    requestAnimationFrame(next => this.#tick(next));
  }
}
