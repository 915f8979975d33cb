// Keys of the whole page, where no control under the focus needs them itself.

/** Controls that use arrows, Space or letters themselves. */
const NEEDS_KEYS = 'input, select, textarea, [role=application]';
const NEEDS_SPACE = 'button, a, summary';

export function createKeys(room, player) {
  addEventListener('keydown', event => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (!room.film || modified || event.target.closest?.(NEEDS_KEYS)) {
      return;
    }
    if (event.key === ' ' && event.target.closest?.(NEEDS_SPACE)) {
      return;
    }
    const act = {
      ' ': () => player.toggle(),
      ArrowLeft: () => player.step(-1),
      ArrowRight: () => player.step(1),
      Home: () => {
        player.pause();
        player.go(0);
      },
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
