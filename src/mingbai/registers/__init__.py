"""Registers of what the village has bound itself to: contracts, first of all.

Words: a *contract* (合同) has a party, a price, a term and its papers, and comes from a case.

Articles: 农村集体经济组织法 第45条 (合同公开); 民法典 第490条 (signing). A contract is never changed:
a later act would name it.

It does not choose the party (`cases` brings the awarded price), pay (`ledger`), or watch performance
(`supervision`).
"""
