// Saves the film in the view. The server makes the file; an error of it appears here, and not as a page of its own.
import {address, get} from './api.js';
import {byId, element, save, say} from './dom.js';
import {filmParameters} from './rollout.js';

const FORMATS = [
  ['gif', 'GIF', 'animation'],
  ['mp4', 'MP4', 'video'],
  ['png', 'PNG strip', 'frames side by side'],
  ['csv', 'CSV', 'path and energy as a table'],
  ['npz', 'NPZ', 'frames, path and energy as arrays'],
];

export function createDownloads(room) {
  byId('exports').replaceChildren(...FORMATS.map(([format, label, what]) => {
    const button = element('button', {type: 'button', class: 'small', title: what, 'data-format': format}, label);
    button.addEventListener('click', () => download(room, format, label));
    return button;
  }));
  room.on('run', () => say('export-status', ''));
}

async function download(room, format, label) {
  say('export-status', `Making the ${label} ...`);
  try {
    const response = await get(address('export', {...filmParameters(room), as: format}));
    save(await response.blob(), nameOf(response) ?? `${room.run.name}.${format}`);
    say('export-status', '');
  } catch (error) {
    say('export-status', error.message);
  }
}

function nameOf(response) {
  return /filename="?([^";]+)"?/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
}
