"""In and out: files of vouchers, balances, assets, contracts, rolls and bank statements, read and written (导入导出).

Words: a *layout* (表样) says which column is what; a *receipt* (回执) says what a file brought in, once.

A file is taken whole or not at all, every fault named by its row; the same file twice adds nothing.

It knows no rule of its own: each line goes through the services that a clerk's hand goes through.
"""
