// Plain JavaScript, because refusals come before anything is installed.
const mostNames = 3;

/**
 * @param {string} word as it was typed
 * @param {string[]} names that are known
 * @returns {string[]} those that it may mean, the nearest first: names that contain it, or of which about a third of its
 *   letters are missing, wrong or added
 */
export function findNearestNames(word, names) {
  const limit = Math.ceil(word.length / 3);
  const contains = (name) => word.length > 2 && name.includes(word);
  return names
    .map((name) => ({ name, distance: contains(name) ? 0 : countEdits(word, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNames)
    .map(({ name }) => name);
}

/** How many letters must be added, removed or changed (Levenshtein 1966). */
function countEdits(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
