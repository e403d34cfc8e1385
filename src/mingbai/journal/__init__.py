"""The append-only record of acts: what was done, by whom, in which office, when, and when we learned it.

Words: *entry* (one act), *occurred_on* (the date claimed), *recorded_at* (the server's instant), *head* (the
last entry), *cursor* (how far a follower has read). Every entry carries the digest of the one before it,
numbers have no gap, and the database itself refuses to change or delete one. It knows no procedures and
publishes nothing.
"""
