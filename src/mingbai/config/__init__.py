"""Where the parts are put together: settings, addresses, the command line.

Words: *data directory* (one folder holding database, papers, keys and log tiles of one installation),
*demo data directory* (its clock starts on the demo's last day, and every page says 演示).

This package decides nothing: it reads the environment once (`environment`), and names the parts.
"""
