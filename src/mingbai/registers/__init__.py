"""Registers of what the village owns and what it has bound itself to: assets, resources, contracts (三资台账).

Words: an *object* is an *asset* (资产: a house, a machine, a road) or a *resource* (资源: land, a pond, a forest); a
*stock-take* (清查盘点) counts them; a *contract* (合同) has a party, a price, a term and its papers, and comes from a
case.

Articles: 农村集体经济组织法 第43条 (register, stock-take, use, disposal, publicity), 第45条 (contracts public);
民法典 第490条 (signing). Nothing is ever changed: a later act names what it changes.

It does not decide a disposal (`meetings`), choose the party (`cases` brings the awarded price), pay (`ledger`), or
watch performance (`supervision`).
"""
