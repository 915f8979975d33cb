// Asks the server. Addresses are relative: the token in the page's address never passes through script.

/** Statuses of a server that may answer in a moment: busy, or asked too often. */
const TRY_AGAIN = [503, 429];
const ATTEMPTS = 8;
const PAUSE_MS = 250;

/** What the server answered in place of data: one line for the user. Status 0: nobody answered. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  get isGone() {
    return this.status === 0;
  }
}

let commandToStart = 'hgn4j explore RUN';

/** Sets what the page names when nobody answers any more. */
export function setCommandToStart(command) {
  commandToStart = command;
}

/** The command that serves these runs. */
export function commandToServe() {
  return commandToStart;
}

/** The address of a call, such as api/film?run=0&clip=3. Parameters that are null are left out. */
export function address(call, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return `api/${call}${text ? '?' + text : ''}`;
}

/**
 * Gives the JSON at an address. A busy server is asked again for about two seconds.
 *
 * @throws ApiError with the server's line, and AbortError if the signal aborts
 */
export async function getJson(path, signal) {
  return (await get(path, signal)).json();
}

/** As getJson, but gives the response, for downloads. */
export async function get(path, signal) {
  for (let attempt = 1; ; attempt++) {
    const response = await reach(path, signal);
    if (response.ok) {
      return response;
    }
    if (!TRY_AGAIN.includes(response.status) || attempt === ATTEMPTS) {
      throw new ApiError(await lineOf(response), response.status);
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}

async function reach(path, signal) {
  try {
    return await fetch(path, {signal, cache: 'no-store'});
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(
        'The program that served this page has ended. Start it again with ' + commandToStart
            + ' and open the address that it prints.',
        0);
  }
}

async function lineOf(response) {
  try {
    return (await response.json()).error;
  } catch {
    return `The server answered ${response.status} ${response.statusText}`;
  }
}
