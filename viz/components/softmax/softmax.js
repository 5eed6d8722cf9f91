// Softmax with temperature, top-k and top-p, as in core/language/sampling.py.

/** The probabilities (`shares`) of logits in descending order, and the number of tokens that top-k
 * and top-p keep (`kept`). */
export function probabilities(sorted, { temperature, top_k: topK, top_p: topP }) {
  const shares = new Float64Array(sorted.length);
  if (temperature === 0) {
    shares[0] = 1; // the limit of softmax at temperature 0
    return { shares, kept: 1 };
  }
  let kept = sorted.length;
  if (topK > 0 && topK < kept) {
    kept = topK;
    // Also keep tokens whose logit equals that of the last one.
    while (kept < sorted.length && sorted[kept] === sorted[kept - 1]) kept++;
  }
  let sum = 0;
  for (let i = 0; i < kept; i++) {
    shares[i] = Math.exp((sorted[i] - sorted[0]) / temperature);
    sum += shares[i];
  }
  if (topP < 1) {
    let cumulative = 0;
    let end = 0;
    do cumulative += shares[end++] / sum;
    while (end < kept && cumulative < topP);
    shares.fill(0, end, kept);
    kept = end;
    sum = 0;
    for (let i = 0; i < kept; i++) sum += shares[i];
  }
  for (let i = 0; i < kept; i++) shares[i] /= sum;
  return { shares, kept };
}

/** The entropy of the first `kept` probabilities, in bits. */
export function entropy(shares, kept) {
  let bits = 0;
  for (let i = 0; i < kept; i++) {
    if (shares[i] > 0) bits -= shares[i] * Math.log2(shares[i]);
  }
  return bits;
}
