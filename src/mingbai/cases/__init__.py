"""A case: one run of one procedure version, in one village, from request to archive.

Words: a *case* (事项) has a gap-free number; a *step* (环节) is a node of its chart that waits for somebody;
a *notice* (公示) is the posting of a publicity step, with its legal days; a *turn* is one visit to a step.

Articles: 民法典第201、203条 (periods); 村民委员会组织法第35条 (publicity), 第37条 (separate hands).

What it does not do: it decides no order of steps (`procedures`), counts no votes (`meetings`), posts no money
(`ledger`) and publishes nothing (`disclosure`). It holds the row lock and the transaction they all share.
"""
