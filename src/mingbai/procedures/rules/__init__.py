"""Pure rules of charts: text, graph, expressions, interpreter, checks, drawing."""
