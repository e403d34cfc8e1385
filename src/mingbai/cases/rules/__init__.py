"""Pure rules of a case: `days` (numbers, dates, periods, recusal) and `values` (what may be entered)."""
