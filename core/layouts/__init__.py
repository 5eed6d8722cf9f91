"""Two- and three-dimensional layouts of word vectors, their quality and where they are stored."""
