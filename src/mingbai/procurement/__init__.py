"""Buying and small works beside the chart: suppliers, sealed quotes, retention money (采购).

Words: a *quote* (报价) is what a supplier asks, sealed until the opening; *retention* (质保金) is what is held back until
the works have lasted.

Articles: 招标投标法 第36条 (opening in public); 建设工程质量保证金管理办法 第7条 (at most 3 percent).

It does not choose the way (`cases`), register the contract (`registers`) or pay (`ledger`).
"""
