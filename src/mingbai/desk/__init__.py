"""The staff site: what awaits me, and one page per act.

Words: *awaiting me* (steps an office of mine may do now), *draft* (what a person has typed and photographed for
a step, kept on the server until the step is done), *refusal* (why a step cannot be done today, with its article).

A view makes one call inward: to a service for an act, to a query for a page. The desk decides nothing: who may
do what is decided by `cases`, what is lawful by the chart. It does not publish.
"""
