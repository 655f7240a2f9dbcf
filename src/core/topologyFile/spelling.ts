/** The known name at most `most` edits away (insert, delete, replace, swap), the nearest first. */
export function nearestName(written: string, known: readonly string[], most: number): string | undefined {
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= bestDistance) continue;
    const distance = editDistance(written, name, bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance; anything from `limit` on means "too far". Names longer than 200 never fit. */
function editDistance(a: string, b: string, limit: number): number {
  if (a.length > 200) return limit;
  let twoAgo: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, (twoAgo[j - 2] ?? 0) + 1);
      row.push(distance);
    }
    if (Math.min(...row) >= limit) return limit;
    twoAgo = previous;
    previous = row;
  }
  return previous[b.length] ?? limit;
}
