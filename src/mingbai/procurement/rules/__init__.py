"""Pure rules of procurement: suppliers and who they belong to, quotes, retention money."""
