"""Household land that is let through the village, and land that is requisitioned (流转、征收).

Words: a *mandate* (书面委托) is a household's written will that its land be let; a *requisition* (征收) is the State's
taking of land, with its compensation and the social insurance of those who lost it.

Articles: 农村土地承包法 第36条至第47条; 土地管理法 第48条. Whoever has not put it in writing keeps the land.

It does not register the contract (`registers`), pay (`ledger`) or decide (`cases`).
"""
