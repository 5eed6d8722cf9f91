// Softmax with temperature, top-k and top-p, as in core/language/sampling.py.

/** Sorted logits, the largest first, into probabilities in the same order. */
export function probabilities(sorted, { temperature, top_k, top_p }) {
  const shares = new Float64Array(sorted.length);
  if (temperature === 0) {
    shares[0] = 1; // the limit
    return { shares, kept: 1 };
  }
  let kept = sorted.length;
  if (top_k > 0 && top_k < kept) {
    kept = top_k;
    while (kept < sorted.length && sorted[kept] === sorted[kept - 1]) kept++; // as likely as the last
  }
  let sum = 0;
  for (let at = 0; at < kept; at++) {
    shares[at] = Math.exp((sorted[at] - sorted[0]) / temperature);
    sum += shares[at];
  }
  if (top_p < 1) {
    let reached = 0;
    let end = 0;
    do reached += shares[end++] / sum;
    while (end < kept && reached < top_p);
    shares.fill(0, end, kept);
    kept = end;
    sum = 0;
    for (let at = 0; at < kept; at++) sum += shares[at];
  }
  for (let at = 0; at < kept; at++) shares[at] /= sum;
  return { shares, kept };
}

/** The entropy of a distribution, in bits. */
export function entropy(shares, kept) {
  let bits = 0;
  for (let at = 0; at < kept; at++) {
    if (shares[at] > 0) bits -= shares[at] * Math.log2(shares[at]);
  }
  return bits;
}
