const WIDTH = 24;

/**
 * Returns the lines of a label, none longer than the printer is wide.
 *
 * @param {string} name
 * @param {string[]} address
 * @returns {string[]}
 */
export function label(name, address) {
  const lines = [name, ...address].map((line) => line.trim());
  return lines.filter(Boolean).map((line) => cut(line));
}

function cut(line) {
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}
