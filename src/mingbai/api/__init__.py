"""The open data: the list of powers, the villages and every publication, for programs. No account.

Words: *key* (a publication's place among all; a page begins after one), *since* (published on or after).

Law: 村民委员会组织法 (2025) 第35条第4款 (disclosure is true and open to query).

It only reads what was disclosed, decides nothing, and offers no way to write. Its own description is
`/api/v1/openapi.json`; the page at `/api/v1/` tells the same to people, with nothing loaded from elsewhere.
"""
