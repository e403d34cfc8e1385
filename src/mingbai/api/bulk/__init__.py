"""Bulk files: everything disclosed as tables, year by year, with a data dictionary and the log that proves them.

Words: *table* (rows of one kind, the same in CSV, Parquet and JSON Lines), *position* (how much of the log is in it).
The same position gives the same bytes.
"""
