"""The pure rules of files: layouts by their header words, cells, and the rows of each kind."""
