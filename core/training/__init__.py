"""Word vectors learned from text: word2vec, with its steps to be watched."""
